"""What every room uses to keep its promises: field declarations, sealed fields and their keys, the ledger.

*Declaration*: what a field says about a person, why it is kept, until when (`declarations`, `third_party`, `checks`).
*Sealed*: closed under one person's key, bound to row and column, opened when read (`sealing`). *Key*: in a database of
its own, made first, destroyed for good (`keys`, `routing`); *key file*: opens all keys, outside the data directory
(`keyfile`, `opening`); *recovery sheet*: its copy on paper (`recovery`). *Ledger*: who did what, chained (`ledger`).
*Written once*: rows that are only added to (`append_only`).
"""
