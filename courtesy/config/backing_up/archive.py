"""One file that holds several, and can say of each of its bytes whether it is still what was written.

A tar, so that any machine can open it in twenty years, with `manifest.json` in front (what is in it, a digest of every
file and of every mebibyte of it) and a last line behind it with the digest of all that went before.
"""

import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

FORMAT = "courtesy backup 1"
MANIFEST = "manifest.json"
BLOCK = 1024 * 1024
_LINE = len(f"{FORMAT} {'0' * 64} {'0' * 64}\n")


class NotWhole(Exception):
    """The archive cannot be trusted; the text says in a sentence what is wrong with it, and where."""


@dataclass(frozen=True)
class Whole:
    """An archive that was read from the first to the last byte and is as it was written."""

    file: Path
    manifest: dict[str, Any]


def write(file: Path, members: Mapping[str, Path], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Pack these files into ``file``; back comes the manifest. The archive is there whole, or not at all.

    It is readable by its owner only, and on the disk when this returns.
    """
    manifest = {"format": FORMAT, **facts, "files": {name: _digests(path) for name, path in members.items()}}
    head = json.dumps(manifest, indent=1, sort_keys=True).encode()
    beginning = file.with_name(f".{file.name}.part")
    with suppress(FileNotFoundError):
        beginning.unlink()
    handle = os.open(beginning, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w+b") as out:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            _add(tar, MANIFEST, len(head), _Bytes(head))
            for name, path in members.items():
                with path.open("rb") as content:
                    _add(tar, name, path.stat().st_size, content)
        out.flush()
        end = out.tell()
        whole = _digest_of(out, end)
        out.seek(end)
        out.write(f"{FORMAT} {whole} {sha256(head).hexdigest()}\n".encode())
        out.flush()
        os.fsync(out.fileno())
    beginning.replace(file)
    sync_folder(file.parent)
    return manifest


def check(file: Path) -> Whole:
    """Read all of it. Raises NotWhole with the name and the place of what is damaged."""
    try:
        with file.open("rb") as content:
            size = content.seek(0, os.SEEK_END)
            whole, of_manifest = _last_line(content, size)
            if _digest_of(content, size - _LINE) != whole:
                raise NotWhole(_where(content, of_manifest))
            head = _manifest(content)
            if sha256(head).hexdigest() != of_manifest:
                raise NotWhole("Its last line is damaged; all that went before is whole.")
    except FileNotFoundError:
        raise NotWhole(f"There is no file {file}.") from None
    except OSError as trouble:
        raise NotWhole(f"{file} cannot be read ({type(trouble).__name__}).") from None
    return Whole(file, dict(json.loads(head)))


def unpack(whole: Whole, folder: Path) -> None:
    """Put its files into ``folder``, each compared with its digest once more while it is written. Raises NotWhole."""
    wanted = whole.manifest["files"]
    with tarfile.open(whole.file, "r:") as tar:
        for name, said in wanted.items():
            if Path(name).name != name:
                raise NotWhole(f"The backup names a file that may not be there: {name!r}.")
            source = tar.extractfile(name)
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            digest = sha256()
            with os.fdopen(handle, "wb") as out:
                while source and (block := source.read(BLOCK)):
                    digest.update(block)
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
            if digest.hexdigest() != said["sha256"]:
                raise NotWhole(f"{name} changed while it was unpacked.")


def sync_folder(folder: Path) -> None:
    """Make sure that the names in this folder are on the disk: a power cut takes names away, not only bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Bytes:
    def __init__(self, content: bytes) -> None:
        self.rest = content

    def read(self, size: int = -1) -> bytes:
        taken = self.rest if size < 0 else self.rest[:size]
        self.rest = self.rest[len(taken) :]
        return taken


def _add(tar: tarfile.TarFile, name: str, size: int, content: Any) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    tar.addfile(info, content)


def _digests(path: Path) -> dict[str, Any]:
    whole, blocks, size = sha256(), [], 0
    with path.open("rb") as content:
        while block := content.read(BLOCK):
            whole.update(block)
            blocks.append(sha256(block).hexdigest())
            size += len(block)
    return {"sha256": whole.hexdigest(), "size": size, "blocks": blocks}


def _digest_of(content: IO[bytes], size: int) -> str:
    digest = sha256()
    content.seek(0)
    left = size
    while left > 0 and (block := content.read(min(BLOCK, left))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest()


def _last_line(content: IO[bytes], size: int) -> tuple[str, str]:
    content.seek(max(0, size - _LINE))
    words = content.read(_LINE).decode("ascii", "replace").split(" ")
    if " ".join(words[:3]) != FORMAT or len(words) != 5 or not words[4].endswith("\n"):
        raise NotWhole("Its last line is missing or damaged: this is no backup, or it was cut short.")
    return words[3], words[4].strip()


def _manifest(content: IO[bytes]) -> bytes:
    content.seek(0)
    with tarfile.open(fileobj=content, mode="r:") as tar:
        source = tar.extractfile(MANIFEST)
        return source.read() if source else b""


def _where(content: IO[bytes], of_manifest: str) -> str:
    """What the damage is in, as narrowly as the manifest can tell."""
    try:
        head = _manifest(content)
    except (tarfile.TarError, KeyError, EOFError):
        return "Its beginning is damaged: the table of contents cannot be read."
    if sha256(head).hexdigest() != of_manifest:
        return f"{MANIFEST} in it is damaged, or the last line of the backup is."
    damaged = []
    try:
        for name, said in json.loads(head)["files"].items():
            content.seek(0)
            with tarfile.open(fileobj=content, mode="r:") as tar:
                source = tar.extractfile(name)
                damaged += [f"{name} {place}" for place in _damaged(source, said)]
    except (tarfile.TarError, KeyError, EOFError):
        return "The labels between its files are damaged: not every file in it can be found."
    if not damaged:
        return "The files in it are whole, but the packing between them is damaged."
    return f"Damaged: {'; '.join(damaged[:5])}."


def _damaged(source: IO[bytes] | None, said: Mapping[str, Any]) -> Iterator[str]:
    for number, expected in enumerate(said["blocks"]):
        block = source.read(min(BLOCK, said["size"] - number * BLOCK)) if source else b""
        if sha256(block).hexdigest() != expected:
            last = min((number + 1) * BLOCK, said["size"])
            yield f"between byte {number * BLOCK} and {last}"
