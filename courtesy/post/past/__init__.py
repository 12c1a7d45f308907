"""Letters of the past, read from what other programs wrote: mbox, Maildir, JSON lines, tables. Pure, and in a stream.

Whatever the file is, each reader hands over a `PastLetter` or an `Unreadable` after the other, and raises `NotRead`
only where the whole file is none of its kind.
"""
