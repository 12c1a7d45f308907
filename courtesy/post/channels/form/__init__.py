"""The contact form on the public side."""
