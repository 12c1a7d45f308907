"""Settings, the two URL sets, the processes, the one list of hand-overs, the command line, the sample shop."""
