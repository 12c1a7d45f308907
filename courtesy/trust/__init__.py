"""The public side, pages only: contact form, evidence page, a customer's private answer."""
