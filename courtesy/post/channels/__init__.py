"""The ways in, one folder a channel, each of the same shape."""
