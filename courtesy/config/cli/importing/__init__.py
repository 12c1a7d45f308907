"""`courtesy import …`: the past of a shop, brought in. One file a kind; `command.py` is the list of them."""
