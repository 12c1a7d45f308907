"""What customers bought: stores, products, orders with their lines, refunds and deliveries, and how they came here.

*Order*: what was sold together; without a person, an anonymous sale. *Refund*: money given back. *Delivery*: promised,
sent, arrived. *Import*: one file that was brought in; it can be taken back. *Invoice*: what the law makes a shop keep
of an order whose customer was erased. Ways in: `actions.importing`, `actions.erasing`, `queries.orders_of`.
"""
