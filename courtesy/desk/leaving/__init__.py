"""A colleague leaves: what they held goes to others, what they did keeps their name."""
