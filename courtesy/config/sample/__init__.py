"""Marigold, the sample shop: tea, coffee and pottery, and nobody in it is real."""
