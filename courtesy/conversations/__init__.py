"""Threads, messages, notes and their states; search."""
