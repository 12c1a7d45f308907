"""Readers of the files that stores hand out: one file a preset, pure: rows in, sales and refunds out."""
