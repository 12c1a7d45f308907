"""The shop's own mailboxes."""
