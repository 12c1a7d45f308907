"""Replay: the last questions, what we answered, and what would have been drafted, side by side. Nothing leaves."""
