"""The screen of the shop's mailboxes: connecting them, trying them out, and where the owner hears of trouble."""
