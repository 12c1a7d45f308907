"""Purposes and their legal basis, and the append-only register of yes, no and objection.

*Purpose*: why something about a person is used. *Basis*: what that rests on until they say otherwise. *Entry*: what
they said, never overwritten. Ways in: `actions.record`, and `queries.permission`, asked anew at every use.
"""
