"""Marigold's past, made up: goods, customers with habits, three years of orders, and letters. Pure: no database here.

The same moment and the same size give the same bytes, on every Python. A smaller size has fewer customers, and those
are the first of the larger one. `whole.past` is the way in; `tables.py` and `letters.py` write it as files.
"""
