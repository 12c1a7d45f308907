"""Reads a Maildir: a folder with a file a mail, and further folders of the same kind in it."""

import os
from collections.abc import Iterator
from pathlib import Path

from courtesy.post.channels.email.folders import SENT_NAMES
from courtesy.post.past.letters import LARGEST, Letters, NotRead, PastLetter, Trouble, Unreadable, Why
from courtesy.post.past.mbox import KEPT_OF_A_LARGE_ONE, on_its_way

_LEFT_OUT = frozenset(
    {"trash", "deleted items", "papierkorb", "gelöschte elemente", "junk", "spam", "drafts", "entwürfe"}
)


def is_one(folder: Path) -> bool:
    """Whether this folder is a Maildir."""
    return (folder / "cur").is_dir() or (folder / "new").is_dir()


def letters(folder: Path) -> Letters:
    """Its mails and those of the folders in it, without drafts, spam and what was thrown away. Raises NotRead."""
    if not folder.is_dir():
        raise NotRead(Trouble.NOT_THERE)
    boxes = list(_boxes(folder))
    if not boxes:
        raise NotRead(Trouble.NO_MAILDIR)
    number = 0
    for box in boxes:
        sent = box != folder and _called(box) in SENT_NAMES
        for file in _files(box):
            number += 1
            yield _letter(file, number, sent=sent or None)


def _boxes(folder: Path) -> Iterator[Path]:
    if is_one(folder):
        yield folder
    for inside in sorted(folder.iterdir()):
        is_box = inside.is_dir() and not inside.is_symlink() and inside.name not in {"cur", "new", "tmp"}
        if is_box and _called(inside) not in _LEFT_OUT:
            yield from _boxes(inside)


def _called(box: Path) -> str:
    """The last part of ".INBOX.Sent Items"."""
    return box.name.rpartition(".")[2].casefold()


def _files(box: Path) -> Iterator[Path]:
    for name in ("cur", "new"):
        if (box / name).is_dir():
            with os.scandir(box / name) as found:
                yield from (Path(one.path) for one in sorted(found, key=lambda one: one.name) if one.is_file())


def _letter(file: Path, number: int, *, sent: bool | None) -> PastLetter | Unreadable:
    with file.open("rb") as opened:
        raw = opened.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return Unreadable(number, Why.TOO_LARGE, raw[:KEPT_OF_A_LARGE_ONE])
    return PastLetter(number, on_its_way(raw), from_sent=sent)
