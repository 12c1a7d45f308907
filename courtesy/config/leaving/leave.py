"""Writes everything out. It works beside an open house; a second try begins anew."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from courtesy.config.leaving.mails import Progress, write_mails, write_set_aside
from courtesy.config.leaving.tables import write_tables
from courtesy.config.leaving.texts import README, write_articles, write_saved_replies
from courtesy.privacy import ledger
from courtesy.staff import queries as staff

OURS = ".courtesy-leaves"


class CannotLeave(Exception):
    """Nothing was written out; the text says why."""


@dataclass(frozen=True)
class Left:
    """What lies in the folder now."""

    mails: int
    erased: int
    set_aside: int
    tables: dict[str, int]
    articles: int
    saved_replies: int


def leave(into: Path, *, at: datetime, tell: Progress) -> Left:
    """Write everything into the folder ``into``, which must not exist or be empty; it is there whole, or not at all.

    What a try that was cut short left behind is thrown away first. Raises CannotLeave.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise CannotLeave(f"{into} is there already. Name a folder that does not exist yet.")
    part = into.with_name(f"{into.name}.part")
    if part.exists():
        if not (part / OURS).exists():
            raise CannotLeave(f"{part} is in the way, and it is none of ours.")
        shutil.rmtree(part)
    try:
        left = _write(part, at=at, tell=tell)
        if into.exists():
            into.rmdir()
        part.rename(into)
    except OSError as trouble:
        raise CannotLeave(f"{part} could not be written ({trouble.strerror or type(trouble).__name__}).") from None
    return left


def _write(part: Path, *, at: datetime, tell: Progress) -> Left:
    os.umask(0o077)
    part.mkdir(parents=True)
    (part / OURS).touch()
    (part / "tables").mkdir()
    mails, erased = write_mails(part / "mail.mbox", tell=tell)
    left = Left(
        mails=mails,
        erased=erased,
        set_aside=write_set_aside(part / "set-aside.mbox"),
        tables=write_tables(part / "tables"),
        articles=write_articles(part / "articles"),
        saved_replies=write_saved_replies(part / "saved-replies"),
    )
    tables = "\n".join(f"                  {name}.csv: {lines}" for name, lines in left.tables.items())
    words = README.format(
        shop=staff.shop().name, day=f"{at:%Y-%m-%d}", mails=mails, aside=left.set_aside, tables=tables,
        articles=left.articles, replies=left.saved_replies, erased=erased,
    )  # fmt: skip
    (part / "README.txt").write_text(words, encoding="utf-8")
    (part / OURS).unlink()
    ledger.append("everything written out", at=at, mails=mails)
    return left
