"""What the business knows: articles, cut into passages."""
