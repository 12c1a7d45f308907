"""The few settings an owner may set, typed, read once from the environment. `docs/settings.md` explains each."""

import os
from dataclasses import dataclass
from pathlib import Path


class BadSetting(ValueError):
    """A setting that cannot be used; the text says which, and what to write instead."""


@dataclass(frozen=True)
class Environment:
    """Where this shop lives and how it is reached.

    ``data_dir`` holds all state; ``key_file`` opens it and lies outside; ports are
    loopback unless ``host`` says otherwise.
    """

    data_dir: Path
    key_file: Path
    database_url: str
    keys_database_url: str
    host: str
    port: int
    public_port: int
    public_url: str
    smtp_url: str
    mail_from: str
    weights_dir: Path
    debug: bool


def _port(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise BadSetting(f"{name} must be a port between 1 and 65535, for example {default}; it says {value!r}.")
    return int(value)


def read_environment() -> Environment:
    """The settings as they are now. Raises BadSetting where one cannot be used."""
    data_dir = Path(os.environ.get("COURTESY_DATA_DIR", "var")).absolute()
    public_url = os.environ.get("COURTESY_PUBLIC_URL", "").rstrip("/")
    if public_url and not public_url.startswith(("https://", "http://localhost", "http://127.0.0.1")):
        raise BadSetting(f"COURTESY_PUBLIC_URL must begin with https://; it says {public_url!r}.")
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
        smtp_url=os.environ.get("COURTESY_SMTP_URL", ""),
        mail_from=os.environ.get("COURTESY_MAIL_FROM", "Shop <shop@localhost.example>"),
        weights_dir=Path(os.environ.get("COURTESY_WEIGHTS_DIR", str(data_dir / "weights"))).absolute(),
        debug=os.environ.get("COURTESY_DEBUG", "") == "1",
    )
