"""What is kept about imports of letters beside what they brought: which file it was, what its columns meant."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from courtesy.conversations.models import Bringing, ColumnsChosen
from courtesy.post.past import columns
from courtesy.post.past.columns import Columns
from courtesy.privacy.sealing import blind_index

FILE = "conversations.bringing.file"


def digest_of(path: Path) -> bytes:
    """Under which the same file, or a folder with the same files, is known again."""
    digest = sha256()
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.is_file():
                digest.update(f"{one.relative_to(path)}\0{one.stat().st_size}\0".encode("utf-8", "surrogateescape"))
    else:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    return blind_index(digest.hexdigest(), FILE)


def columns_like(header: Sequence[str]) -> Columns:
    """What these columns meant the last time; what their names let one guess where they are new."""
    chosen = ColumnsChosen.objects.filter(header=columns.digest(header)).first()
    return columns.chosen(chosen.columns, header) if chosen else columns.guessed(header)


def remember_columns(header: Sequence[str], chosen: Columns, *, at: datetime) -> None:
    """The next table with this header is read in the same way."""
    ColumnsChosen.objects.update_or_create(header=columns.digest(header), defaults={"columns": chosen.named, "at": at})


def newest() -> UUID | None:
    """The import that was begun last and is not undone."""
    return Bringing.objects.filter(undone_at=None).order_by("-at").values_list("pk", flat=True).first()


def found(bringing_id: UUID) -> Bringing | None:
    """The import of this number, if there is one."""
    return Bringing.objects.select_related("by").filter(pk=bringing_id).first()
