"""What we said we would do, and by when: recognized in an answer, kept by a person, due on a day."""
