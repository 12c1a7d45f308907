"""The customer: what they bought, what they wrote, what we noted about them, and whether two records are one.

In: `queries.page_of` for their own page, `queries.panels_of` for what stands beside a thread; the panels are drawn by
`customers/parts.html`. Notes are kept by `people.notes`, two records made one by `people.merging`.
"""
