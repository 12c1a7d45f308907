"""Backups: one file for the shop, another for its keys; made, kept for a time, put back, and proved again and again.

*Archive*: a file that says of every part of it whether it is whole. *Aside*: where the present state goes when a
backup is put back. *Drill*: the newest backup put back into a folder of its own, opened and counted, every week.
"""
