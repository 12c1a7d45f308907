"""The desk's pages about what the shop knows: its articles, and the replies it has saved."""
