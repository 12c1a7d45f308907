"""The folder that holds all state, and the secret that signs sessions: made once, for the owner's eyes only."""

import os
from pathlib import Path
from secrets import token_urlsafe

SECRET = "session.secret"  # noqa: S105


def session_secret(data_dir: Path) -> str:
    """The secret that signs sessions; where there is no shop yet, one that lives as long as this process."""
    try:
        return (data_dir / SECRET).read_text().strip()
    except FileNotFoundError:
        return token_urlsafe(50)


def make_home(data_dir: Path) -> None:
    """Make the data directory (0700) and the session secret (0600) where they are missing; later files follow suit."""
    os.umask(0o077)
    data_dir.mkdir(parents=True, exist_ok=True)
    data_dir.chmod(0o700)
    file = data_dir / SECRET
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        file.chmod(0o600)
        return
    with os.fdopen(handle, "w") as out:
        out.write(token_urlsafe(50))
