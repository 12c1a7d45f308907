"""Who works here: colleagues, roles, the links that let them in, the shop's profile.

*Colleague*: somebody who works here, as owner, manager, colleague or viewer. *Ability*: what a role may do ("see",
"answer", "write", "manage", "own"). *Invitation*: a link that lets one person in, once; a *way back* is one for a
colleague who lost password or phone. *Second step*: the code after the password; without it nothing opens.

Ways in: `access.colleagues_may` for every page of the desk, `queries.shop`, `public.shop_front` for customers' pages.
"""
