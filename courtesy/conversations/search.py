"""Finds messages and subjects by their words: one function, two databases. The indexes are made in migration 0002.

The words typed are never handed to a query language: they are cut into plain words first, and each is quoted.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.db import connection

NEWEST = 400
"""Only the newest hits are ranked: a common word has thousands, and nobody wants to wait for the order of the old."""

_WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 12


@dataclass(frozen=True)
class Hit:
    """A thread that holds the words, and how well; the message in which they stand, None where it is the subject."""

    thread_id: int
    message_id: int | None
    score: float


def words_in(text: str) -> list[str]:
    """The plain words of what somebody typed, small, without accents and signs; at most MOST_WORDS."""
    return _WORD.findall("".join(_plain(c) for c in unicodedata.normalize("NFC", text).lower()))[:MOST_WORDS]


def find(text: str, *, limit: int = 50) -> list[Hit]:
    """Threads whose messages or subject hold all the words (the last one may be a beginning), the best first."""
    words = words_in(text)
    if not words:
        return []
    hits = _sqlite(words) if connection.vendor == "sqlite" else _postgresql(words)
    best: dict[int, Hit] = {}
    for hit in hits:
        if hit.thread_id not in best or hit.score > best[hit.thread_id].score:
            best[hit.thread_id] = hit
    return sorted(best.values(), key=lambda hit: (-hit.score, -hit.thread_id))[:limit]


def _plain(letter: str) -> str:
    """Latin letters without their accents, as both indexes keep them; all others as they are."""
    if letter.isascii() or not (letter < "\u0250" or "\u1e00" <= letter < "\u1f00"):
        return letter
    return "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))


def _sqlite(words: list[str]) -> list[Hit]:
    # bm25 is better the lower it is; a subject counts a little more than a body.
    asked = " ".join(f'"{word}"' for word in words) + "*"
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH newest AS (
                SELECT rowid FROM conversations_words WHERE conversations_words MATCH %s ORDER BY rowid DESC LIMIT %s
            )
            SELECT m.thread_id, m.id, -bm25(conversations_words)
            FROM conversations_words JOIN conversations_message m ON m.id = conversations_words.rowid
            WHERE conversations_words MATCH %s AND conversations_words.rowid >= (SELECT min(rowid) FROM newest)
            """,
            [asked, NEWEST, asked],
        )
        found = [Hit(*row) for row in cursor.fetchall()]
        cursor.execute(
            """
            SELECT rowid, -1.2 * bm25(conversations_subjects) FROM conversations_subjects
            WHERE conversations_subjects MATCH %s ORDER BY rowid DESC LIMIT %s
            """,
            [asked, NEWEST],
        )
        return found + [Hit(thread_id, None, score) for thread_id, score in cursor.fetchall()]


def _postgresql(words: list[str]) -> list[Hit]:
    asked = " & ".join(f"'{word}'" for word in words) + ":*"
    # A rare word is found by the index and then put in order; for a common one it is quicker to walk back from the
    # newest message. The planner cannot know which it is, so the hits are counted first, up to a bound.
    rare = 20 * NEWEST
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM conversations_message WHERE words @@ to_tsquery('simple', %s) LIMIT %s
            ) AS bounded
            """,
            [asked, rare],
        )
        fenced = "MATERIALIZED" if cursor.fetchone()[0] < rare else "NOT MATERIALIZED"
        cursor.execute(
            f"""
            WITH hits AS {fenced} (
                SELECT id, thread_id, words FROM conversations_message WHERE words @@ to_tsquery('simple', %s)
            ), newest AS (
                SELECT * FROM hits ORDER BY id DESC LIMIT %s
            )
            SELECT thread_id, id, ts_rank(words, to_tsquery('simple', %s)) FROM newest
            """,  # noqa: S608 (one of two constants)
            [asked, NEWEST, asked],
        )
        found = [Hit(*row) for row in cursor.fetchall()]
        cursor.execute(
            """
            SELECT id, 1.2 * ts_rank(words, to_tsquery('simple', %s)) FROM conversations_thread
            WHERE words @@ to_tsquery('simple', %s) ORDER BY id DESC LIMIT %s
            """,
            [asked, asked, NEWEST],
        )
        return found + [Hit(thread_id, None, score) for thread_id, score in cursor.fetchall()]
