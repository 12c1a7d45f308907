"""Who works here: colleagues, roles, invitations, the shop's profile."""
