"""The queue in the same database and the same transaction: `announce`, the schedule, the changes and their live stream."""
