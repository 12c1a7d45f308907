"""The page "Bring your past": a file or the months of a mailbox, looked through, agreed to, brought in, undone."""
