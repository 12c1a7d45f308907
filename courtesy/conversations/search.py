"""Finds messages and subjects by their words: one function, two databases. The indexes are made in migration 0002.

The words typed are never handed to a query language: they are cut into plain words first, and each is quoted.
Nothing is ranked: the newest stand first, so that a word of every second message costs as little as a rare one.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

NEWEST = 400
"""So many of the newest hits are read; nobody leafs through more."""

WALKED = 5_000
"""With a date, a state or a file asked for besides, so many of the newest hits are looked through."""

SHORTEST_BEGINNING = 2
MOST_WORDS = 12

_A_FILE = "EXISTS (SELECT 1 FROM conversations_attachment f WHERE f.message_id = m.id AND NOT f.inline)"
_A_FILE_OF_THE_THREAD = """EXISTS (
    SELECT 1 FROM conversations_attachment f JOIN conversations_message m ON m.id = f.message_id
    WHERE m.thread_id = t.id AND NOT f.inline
)"""

_BEGAN_BY_THEN = "EXISTS (SELECT 1 FROM conversations_message m WHERE m.thread_id = t.id AND m.id <= %s)"

# One row at least, so that it is known how many were looked through even where none fits.
_AND_HOW_MANY = """
    SELECT fitting.thread AS thread, fitting.message AS message, walked.number AS number
    FROM (SELECT count(*) AS number FROM newest) walked LEFT JOIN fitting ON true
"""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Within:
    """What a hit must be besides: written in this span, in a thread of this state (or kept apart), with a file."""

    since: datetime | None = None
    until: datetime | None = None
    state: str = ""
    attached: bool = False

    def __bool__(self) -> bool:
        return self != Within()


@dataclass(frozen=True)
class Hit:
    """A thread that holds the words; the message in which they stand, None where it is the subject."""

    thread_id: int
    message_id: int | None


@dataclass(frozen=True)
class Found:
    """Threads, the newest hit first. ``all`` is False where there may be older hits that nobody looked at."""

    hits: list[Hit] = field(default_factory=list)
    all: bool = True


def words_in(text: str) -> list[str]:
    """The plain words of what somebody typed, small, without accents and signs; at most MOST_WORDS."""
    return _WORD.findall("".join(_plain(c) for c in unicodedata.normalize("NFC", text).lower()))[:MOST_WORDS]


def find(
    text: str, within: Within | None = None, *, limit: int = 50, most: int | None = None, upto: int | None = None
) -> Found:
    """Threads whose messages or subject hold all the words; where fewer than ``limit`` do, the last may be a beginning.

    ``most`` of them come back (else ``limit``). Messages after the one numbered ``upto`` are not looked at.
    """
    words = words_in(text)
    if not words:
        return Found()
    ask = _sqlite if connection.vendor == "sqlite" else _postgresql
    within = within or Within()
    found = ask(words, within, upto, beginning=False)
    if len(found.hits) < limit and len(words[-1]) >= SHORTEST_BEGINNING:
        found = ask(words, within, upto, beginning=True)
    threads: dict[int, Hit] = {}
    for hit in found.hits:
        threads.setdefault(hit.thread_id, hit)
    hits = list(threads.values())
    most = most or limit
    return Found(hits[:most], found.all and len(hits) <= most)


def _plain(letter: str) -> str:
    """Latin letters without their accents, as both indexes keep them; all others as they are."""
    if letter.isascii() or not (letter < "\u0250" or "\u1e00" <= letter < "\u1f00"):
        return letter
    return "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))


def _newest_before(within: Within, upto: int | None) -> int | None:
    """The number of the message at which the walk back begins: the newest of the span, or ``upto``; None for today.

    Numbers follow time only roughly (a mailbox that is connected late brings old mail), so it is asked, not guessed.
    """
    if within.until is None:
        return upto
    since = within.since or datetime.min.replace(tzinfo=UTC)
    said = [connection.ops.adapt_datetimefield_value(moment) for moment in (since, within.until)]
    with connection.cursor() as cursor:
        # "+ 0": a plain max(id) makes SQLite walk back over every message since, rather than along the index of times.
        cursor.execute("SELECT max(id + 0) FROM conversations_message WHERE at >= %s AND at < %s", said)
        newest: int = cursor.fetchone()[0] or 0
    return newest if upto is None else min(newest, upto)


def _narrowed(within: Within, *, subjects: bool, upto: int | None = None) -> tuple[str, list[Any]]:
    """What must hold of the message m and its thread t, as SQL and its parameters."""
    parts: list[str] = ["t.merged_into_id IS NULL"]
    asked: list[Any] = []
    # A subject stands over all its messages: the thread and the span must touch.
    for value, column, sign in (
        (within.since, "t.last_message_at" if subjects else "m.at", ">="),
        (within.until, "t.created_at" if subjects else "m.at", "<"),
    ):
        if value is not None:
            parts.append(f"{column} {sign} %s")
            asked.append(connection.ops.adapt_datetimefield_value(value))
    if within.state == "apart":
        parts.append("t.apart <> ''")
    elif within.state:
        parts.append("t.state = %s AND t.apart = ''")
        asked.append(within.state)
    if upto is not None:
        parts.append(_BEGAN_BY_THEN)
        asked.append(upto)
    if within.attached:
        parts.append(_A_FILE_OF_THE_THREAD if subjects else _A_FILE)
    return " AND ".join(parts), asked


def _sqlite(words: list[str], within: Within, newest: int | None, *, beginning: bool) -> Found:
    asked = " ".join(f'"{word}"' for word in words) + ("*" if beginning else "")
    walked = WALKED if within else NEWEST
    # The innermost query walks back from the newest hit and stops: a million hits are no more than these, since none
    # is counted or ranked. CROSS JOIN says that the order of the tables is meant.
    narrow, values = _narrowed(within, subjects=False)
    begin = _newest_before(within, newest)
    upto = "" if begin is None else "AND rowid <= %s"
    messages = f"""
        WITH newest AS MATERIALIZED (
            SELECT rowid AS id FROM conversations_words WHERE conversations_words MATCH %s {upto}
            ORDER BY rowid DESC LIMIT %s
        ), fitting AS (
            SELECT m.thread_id AS thread, m.id AS message FROM newest
            CROSS JOIN conversations_message m ON m.id = newest.id
            CROSS JOIN conversations_thread t ON t.id = m.thread_id
            WHERE {narrow} ORDER BY m.id DESC LIMIT %s
        )
        {_AND_HOW_MANY}
        """  # noqa: S608 (columns and signs of ours)
    narrow_subjects, values_subjects = _narrowed(within, subjects=True, upto=newest)
    subjects = f"""
        WITH newest AS MATERIALIZED (
            SELECT rowid AS id FROM conversations_subjects WHERE conversations_subjects MATCH %s
            ORDER BY rowid DESC LIMIT %s
        ), fitting AS (
            SELECT t.id AS thread, NULL AS message FROM newest
            CROSS JOIN conversations_thread t ON t.id = newest.id WHERE {narrow_subjects} ORDER BY t.id DESC LIMIT %s
        )
        {_AND_HOW_MANY}
        """  # noqa: S608 (as above)
    return _asked(
        (messages, [asked, *([] if begin is None else [begin]), walked, *values, NEWEST]),
        (subjects, [asked, walked, *values_subjects, NEWEST]),
        walked,
    )


def _postgresql(words: list[str], within: Within, newest: int | None, *, beginning: bool) -> Found:
    asked = " & ".join(f"'{word}'" for word in words) + (":*" if beginning else "")
    walked = WALKED if within else NEWEST
    # A rare word is found by the index and then put in order; for a common one it is quicker to walk back from the
    # newest message. The planner cannot know which it is, so a few are taken first and counted; the way that is not
    # meant is not gone, since its condition is asked once, before it begins.
    few = 20 * NEWEST
    narrow, values = _narrowed(within, subjects=False)
    begin = _newest_before(within, newest)
    upto = "" if begin is None else "AND id <= %s"
    messages = f"""
        WITH few AS MATERIALIZED (
            SELECT id FROM conversations_message WHERE words @@ to_tsquery('simple', %s) {upto} LIMIT %s
        ), newest AS MATERIALIZED (
            (SELECT id FROM few WHERE (SELECT count(*) FROM few) < %s ORDER BY id DESC LIMIT %s)
            UNION ALL
            (SELECT id FROM conversations_message
             WHERE (SELECT count(*) FROM few) >= %s AND words @@ to_tsquery('simple', %s) {upto}
             ORDER BY id DESC LIMIT %s)
        ), fitting AS (
            SELECT m.thread_id AS thread, m.id AS message FROM newest
            JOIN conversations_message m ON m.id = newest.id JOIN conversations_thread t ON t.id = m.thread_id
            WHERE {narrow} ORDER BY m.id DESC LIMIT %s
        )
        {_AND_HOW_MANY}
        """  # noqa: S608 (columns, signs and a bound of ours)
    narrow_subjects, values_subjects = _narrowed(within, subjects=True, upto=newest)
    subjects = f"""
        WITH newest AS MATERIALIZED (
            SELECT id FROM conversations_thread WHERE words @@ to_tsquery('simple', %s) ORDER BY id DESC LIMIT %s
        ), fitting AS (
            SELECT t.id AS thread, NULL::bigint AS message FROM newest
            JOIN conversations_thread t ON t.id = newest.id WHERE {narrow_subjects} ORDER BY t.id DESC LIMIT %s
        )
        {_AND_HOW_MANY}
        """  # noqa: S608 (as above)
    bound = [] if begin is None else [begin]
    return _asked(
        (messages, [asked, *bound, few, few, walked, few, asked, *bound, walked, *values, NEWEST]),
        (subjects, [asked, walked, *values_subjects, NEWEST]),
        walked,
    )


def _asked(messages: tuple[str, list[Any]], subjects: tuple[str, list[Any]], walked: int) -> Found:
    """Both in one statement, messages first, each the newest first."""
    statement = f"""
        SELECT 0 AS part, thread, message, number FROM ({messages[0]}) AS messages
        UNION ALL
        SELECT 1 AS part, thread, message, number FROM ({subjects[0]}) AS subjects
        """  # noqa: S608 (two statements of ours)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*messages[1], *subjects[1]])
        rows = cursor.fetchall()
    found = [row for row in rows if row[1] is not None]
    found.sort(key=lambda row: (row[0], -(row[2] or 0), -row[1]))
    counts = [sum(row[0] == part for row in found) for part in (0, 1)]
    saw_all = all(row[3] < walked for row in rows) and max(counts) < NEWEST
    return Found([Hit(thread_id, message_id) for _part, thread_id, message_id, _number in found], saw_all)
