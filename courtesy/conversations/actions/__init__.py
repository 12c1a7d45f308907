"""What can happen to a thread. Each story holds the thread first, so that what happens in it has one order."""

from courtesy.conversations.actions.answering import (
    add_note,
    add_reply,
    answered_elsewhere,
    follow_outgoing,
    take_back_reply,
)
from courtesy.conversations.actions.holding import hold, tell
from courtesy.conversations.actions.keeping_apart import block, bring_back, set_apart, unblock
from courtesy.conversations.actions.looking import THERE, look, unsee
from courtesy.conversations.actions.moving import merge, split, unmerge
from courtesy.conversations.actions.opening import first_words
from courtesy.conversations.actions.refusals import (
    AlreadyAnswered,
    MergedAway,
    NoSuchThread,
    NoTag,
    NothingToMove,
    NothingWritten,
    NotLater,
    Refused,
)
from courtesy.conversations.actions.tagging import tag, untag
from courtesy.conversations.actions.taking_in import PARSERS, take_in
from courtesy.conversations.actions.turning import assign, reopen, resolve, snooze, wake_due
from courtesy.conversations.actions.writing import (
    LONGEST_ADDRESSES,
    LONGEST_UNSENT,
    NOBODY_ELSE,
    Addresses,
    addresses_of,
    forget_old_words,
    forget_words,
    remember_words,
)

__all__ = [
    "LONGEST_ADDRESSES",
    "LONGEST_UNSENT",
    "NOBODY_ELSE",
    "PARSERS",
    "THERE",
    "Addresses",
    "AlreadyAnswered",
    "MergedAway",
    "NoSuchThread",
    "NoTag",
    "NotLater",
    "NothingToMove",
    "NothingWritten",
    "Refused",
    "add_note",
    "add_reply",
    "addresses_of",
    "answered_elsewhere",
    "assign",
    "block",
    "bring_back",
    "first_words",
    "follow_outgoing",
    "forget_old_words",
    "forget_words",
    "hold",
    "look",
    "merge",
    "remember_words",
    "reopen",
    "resolve",
    "set_apart",
    "snooze",
    "split",
    "tag",
    "take_back_reply",
    "take_in",
    "tell",
    "unblock",
    "unmerge",
    "unsee",
    "untag",
    "wake_due",
]
