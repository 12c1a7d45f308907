"""What the panes of the inbox show: the list (`listing`); the thread and what stands beside it (`thread`),
with its letters (`letters`), who else is there (`presence`) and what is being written (`composing`)."""

from courtesy.desk.inbox.screen.composing import (
    DRAFT,
    NOTE,
    REPLY,
    WRITES,
    Composer,
    begun,
    is_untouched,
    suggestion_in,
)
from courtesy.desk.inbox.screen.letters import Enclosed, Told, with_calls, with_links
from courtesy.desk.inbox.screen.listing import A_PAGE, Listed, ListPane, Tab, Where, list_pane
from courtesy.desk.inbox.screen.presence import HERE, company
from courtesy.desk.inbox.screen.thread import (
    READING_TIME,
    Beside,
    Sources,
    ThreadPane,
    address_of,
    addressed,
    beside_of,
    local_public,
    sources_of,
    thread_pane,
    why_nothing_leaves,
)

__all__ = [
    "A_PAGE",
    "DRAFT",
    "HERE",
    "NOTE",
    "READING_TIME",
    "REPLY",
    "WRITES",
    "Beside",
    "Composer",
    "Enclosed",
    "ListPane",
    "Listed",
    "Sources",
    "Tab",
    "ThreadPane",
    "Told",
    "Where",
    "address_of",
    "addressed",
    "begun",
    "beside_of",
    "company",
    "is_untouched",
    "list_pane",
    "local_public",
    "sources_of",
    "suggestion_in",
    "thread_pane",
    "why_nothing_leaves",
    "with_calls",
    "with_links",
]
