"""What can happen: a file of orders is brought in and taken back, a person's orders are erased."""
