"""Work that must not be lost, and news for the browsers; both are rows in the same database and the same transaction.

*Job*: one handler that is still to be called. *Lease*: the time for which a worker has a job to itself. *Set aside*:
given up after five attempts, kept for a person. *Change*: the name and id of something that is different now.
Ways in: `actions.announce`, `actions.changed`, `working.work` (the worker), `live.Live` (the stream).
"""
