"""Who a customer is: a person, their handles, search by the beginning of a name.

*Person*: a customer, never a colleague. *Handle*: an address they write from (one address, one person), a phone, a
store's own number for them. Ways in: `actions.meet` for whoever writes, `actions.meet_many` for an import,
`queries.names` for a list, `queries.search` for a beginning.
"""
