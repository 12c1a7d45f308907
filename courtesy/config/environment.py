"""The few settings an owner may set, typed, read once from the environment. `docs/settings.md` explains each."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class BadSetting(ValueError):
    """A setting that cannot be used; the text says which, and what to write instead."""


@dataclass(frozen=True)
class Environment:
    """Where this shop lives and how it is reached.

    ``data_dir`` holds all state; ``key_file`` opens it and lies outside; ports are
    loopback unless ``host`` says otherwise. ``backups`` is None where none are made by themselves.
    """

    data_dir: Path
    key_file: Path
    database_url: str
    keys_database_url: str
    host: str
    port: int
    public_port: int
    public_url: str
    desk_url: str
    backups: Path | None
    smtp_url: str
    warning_smtp_url: str
    mail_from: str
    weights_dir: Path
    debug: bool


def _port(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise BadSetting(f"{name} must be a port between 1 and 65535, for example {default}; it says {value!r}.")
    return int(value)


def _address(name: str) -> str:
    value = os.environ.get(name, "").rstrip("/")
    if value and not value.startswith(("https://", "http://localhost", "http://127.0.0.1")):
        raise BadSetting(f"{name} must begin with https://; it says {value!r}.")
    return value


def _backups(data_dir: Path) -> Path | None:
    value = os.environ.get("COURTESY_BACKUPS", "") or str(data_dir / "backups")
    return None if value == "off" else Path(value).absolute()


def read_environment() -> Environment:
    """The settings as they are now. Raises BadSetting where one cannot be used."""
    data_dir = Path(os.environ.get("COURTESY_DATA_DIR", "var")).absolute()
    public_url, desk_url = _address("COURTESY_PUBLIC_URL"), _address("COURTESY_DESK_URL")
    if desk_url.startswith("https://") and urlsplit(desk_url).hostname == urlsplit(public_url).hostname:
        raise BadSetting("COURTESY_DESK_URL and COURTESY_PUBLIC_URL need two names: cookies know names, not ports.")
    database_url = os.environ.get("COURTESY_DATABASE_URL", "")
    keys_database_url = os.environ.get("COURTESY_KEYS_DATABASE_URL", "")
    if database_url and not keys_database_url:
        raise BadSetting(
            "With COURTESY_DATABASE_URL, COURTESY_KEYS_DATABASE_URL must name a second database for the keys."
        )
    return Environment(
        data_dir=data_dir,
        key_file=Path(os.environ.get("COURTESY_KEY_FILE", f"{data_dir}.key")).absolute(),
        database_url=database_url,
        keys_database_url=keys_database_url,
        host=os.environ.get("COURTESY_HOST", "127.0.0.1"),
        port=_port("COURTESY_PORT", 8000),
        public_port=_port("COURTESY_PUBLIC_PORT", 8001),
        public_url=public_url,
        desk_url=desk_url,
        backups=_backups(data_dir),
        smtp_url=os.environ.get("COURTESY_SMTP_URL", ""),
        warning_smtp_url=os.environ.get("COURTESY_WARNING_SMTP_URL", ""),
        mail_from=os.environ.get("COURTESY_MAIL_FROM", "Shop <shop@localhost.example>"),
        weights_dir=Path(os.environ.get("COURTESY_WEIGHTS_DIR", str(data_dir / "weights"))).absolute(),
        debug=os.environ.get("COURTESY_DEBUG", "") == "1",
    )
