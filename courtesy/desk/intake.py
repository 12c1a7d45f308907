"""A customer's message is understood and, where allowed and possible, drafted. Runs in the worker.

What a message says is material, never an instruction: it is compared with articles, and every sentence of a draft is
an article's. A handler may run twice, even at once: rows are unique, thinking is outside the transaction.
"""
