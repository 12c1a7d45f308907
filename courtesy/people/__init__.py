"""Who a customer is: a person, their handles, search by the beginning of a name."""
