"""What colleagues see of getting in, of their team and of their shop."""
