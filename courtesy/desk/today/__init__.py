"""The first screen of the day: what waits, what is unsent, what failed."""
