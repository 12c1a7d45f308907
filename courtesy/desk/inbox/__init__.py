"""The screen where messages are read and answered."""
