"""What every room uses to keep its promises: field declarations, sealed fields and their keys, the ledger."""
