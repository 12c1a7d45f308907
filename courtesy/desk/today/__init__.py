"""The first screen of the day: what waits, what is unsent, what failed, and what an owner has still to do."""
