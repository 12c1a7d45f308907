"""The public side: pages only, in the shop's own voice. What they show and do is in the rooms' `public.py`.

Ways in: `/` the contact form, `/evidence/<token>` how one answer came about, `/answer/<token>` a customer's own thread,
`/articles/<slug>` what everybody may read.
"""
