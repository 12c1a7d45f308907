"""Courtesy: a customer desk that a small business runs itself."""

__version__ = "0.1.0"
