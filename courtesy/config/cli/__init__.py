"""The command line: one file a command. Each says what it did; with --json its last line is one JSON object."""
