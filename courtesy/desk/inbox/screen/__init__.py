"""What the panes of the inbox show: the list (`listing`); the thread and what stands beside it (`thread`)."""

from courtesy.desk.inbox.screen.listing import A_PAGE, Listed, ListPane, Tab, Where, list_pane
from courtesy.desk.inbox.screen.thread import (
    DRAFT,
    NOTE,
    READING_TIME,
    Beside,
    Composer,
    Sources,
    ThreadPane,
    Told,
    beside_of,
    local_public,
    sources_of,
    suggestion_in,
    thread_pane,
    why_nothing_leaves,
)

__all__ = [
    "A_PAGE",
    "DRAFT",
    "NOTE",
    "READING_TIME",
    "Beside",
    "Composer",
    "ListPane",
    "Listed",
    "Sources",
    "Tab",
    "ThreadPane",
    "Told",
    "Where",
    "beside_of",
    "list_pane",
    "local_public",
    "sources_of",
    "suggestion_in",
    "thread_pane",
    "why_nothing_leaves",
]
