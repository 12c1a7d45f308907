"""Articles from a folder of Markdown files: each file one article, called by its file's name.

Exceptions: NoSuchFolder; a file's own trouble is a `Problem` and stops no other file.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from courtesy.knowledge.actions import articles
from courtesy.knowledge.models import Article, Audience
from courtesy.staff.models import Colleague, Language

LARGEST = 400_000  # bytes
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIRST_HEADING = re.compile(r"\A\s*# +(.+?)[ #]*(?:\n|\Z)")
_KNOWN = ("title", "audience", "language", "reviewed")


class NoSuchFolder(LookupError):
    """There is no folder of that name."""


class Unusable(ValueError):
    """This file is no article; the text says what to do."""


@dataclass(frozen=True)
class Problem:
    """A file that was left out, and what to do about it, in one sentence."""

    file: str
    why: str


@dataclass(frozen=True)
class Imported:
    """How many articles are new, were changed, stand as they stood; and which files were left out."""

    new: int = 0
    changed: int = 0
    same: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Written:
    """What a file says."""

    slug: str
    title: str
    text: str
    audience: str = "public"
    language: str = "en"
    reviewed_on: date | None = None


@dataclass
class _Tally:
    new: int = 0
    changed: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


def import_folder(
    folder: Path, *, by: Colleague | None, at: datetime, progress: Callable[[str], None] | None = None
) -> Imported:
    """Take every ``*.md`` below ``folder``; what stands already is left alone, so twice is once.

    An article is known by its file's name. Files that cannot be used are named with what to do, the rest flows.
    Raises NoSuchFolder.
    """
    if not folder.is_dir():
        raise NoSuchFolder(folder.name)
    tally = _Tally()
    taken: dict[str, str] = {}
    for file in sorted(folder.rglob("*.md")):
        name = file.relative_to(folder).as_posix()
        try:
            written = read(file.stem, _bytes_of(file))
            if other := taken.get(written.slug):
                raise Unusable(_("It has the same name as %(other)s; rename one of them.") % {"other": other})
            taken[written.slug] = name
            _take_up(written, tally, by=by, at=at)
        except Unusable as trouble:
            tally.problems.append(Problem(name, str(trouble)))
        if progress:
            progress(name)
    return Imported(tally.new, tally.changed, tally.same, tuple(tally.problems))


def read(stem: str, raw: bytes) -> Written:
    """The article in a file; its title is in the front matter, the first heading, or the name. Raises Unusable."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise Unusable(_("It is not UTF-8 text; save it as UTF-8 and import again.")) from None
    if "\x00" in text:
        raise Unusable(_("It is not a text file; take it out of the folder."))
    front = _FRONT.match(text)
    facts = _facts(front[1]) if front else {}
    body = text[front.end() :] if front else text
    heading = _FIRST_HEADING.match(body)
    if heading:
        body = body[heading.end() :]
    title = facts.get("title") or (heading[1] if heading else stem.replace("-", " ").replace("_", " ").capitalize())
    if len(title) > 140:
        raise Unusable(_("Its title is longer than 140 letters; shorten it."))
    if not body.strip():
        raise Unusable(_("It holds no words below its title; write some or take it out of the folder."))
    return Written(
        slug=articles.slug_of(stem),
        title=title.strip(),
        text=body.strip(),
        audience=_one_of("audience", facts, Audience.values, "public"),
        language=_one_of("language", facts, Language.values, "en"),
        reviewed_on=_day(facts.get("reviewed", "")),
    )


def _bytes_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise Unusable(_("It is larger than 400 KB; cut it into several articles."))
        return file.read_bytes()
    except OSError:
        raise Unusable(_("It cannot be opened; check its permissions.")) from None


def _facts(block: str) -> dict[str, str]:
    """`name: value` lines; a full YAML is not needed for four words, and nothing in one can act."""
    facts = {}
    for line in block.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, value = line.partition(":")
        if not colon or name.strip().lower() not in _KNOWN:
            raise Unusable(
                _("Its front matter has a line that is not one of %(known)s: change or remove that line.")
                % {"known": ", ".join(_KNOWN)}
            )
        facts[name.strip().lower()] = value.strip().strip("\"'").strip()
    return facts


def _one_of(name: str, facts: dict[str, str], allowed: list[str], otherwise: str) -> str:
    value = facts.get(name, "").lower() or otherwise
    if value not in allowed:
        raise Unusable(
            _("Its %(name)s is not one of %(allowed)s; write one of those or remove the line.")
            % {"name": name, "allowed": ", ".join(allowed)}
        )
    return value


def _day(value: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Unusable(_("Its reviewed is no date such as 2026-11-24; write one or remove the line.")) from None


def _take_up(written: Written, tally: _Tally, *, by: Colleague | None, at: datetime) -> None:
    known = Article.objects.filter(slug=written.slug).first()
    if known is not None and known.archived_at is not None and known.text == written.text:
        tally.same += 1  # somebody put it away; the same words do not bring it back
        return
    before = known.number if known else 0
    saved = articles.save_article(
        article=known,
        title=written.title,
        text=written.text,
        language=written.language,
        audience=written.audience,
        by=by,
        at=at,
        slug=written.slug,
        reviewed_on=written.reviewed_on,
    )
    if known is None:
        tally.new += 1
    elif saved.number != before:
        tally.changed += 1
    else:
        tally.same += 1
