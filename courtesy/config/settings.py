"""Django's settings, made from the environment; what an owner may set is in `environment.py`."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from courtesy.config.environment import read_environment

PACKAGE = Path(__file__).resolve().parent.parent
COURTESY = read_environment()

DEBUG = COURTESY.debug
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _secret_key() -> str:
    """Sessions' signing secret: in the data directory, made once. Absent (no shop yet) it is made in memory only."""
    file = COURTESY.data_dir / "session.secret"
    if file.exists():
        return file.read_text().strip()
    from secrets import token_urlsafe  # noqa: PLC0415

    return token_urlsafe(50)


SECRET_KEY = _secret_key()


def _database(url: str, file: Path) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(file),
            "OPTIONS": {
                # Deferred transactions fail with "locked" when a reader turns writer; FULL survives a power cut.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                    "PRAGMA cache_size=-4000;PRAGMA mmap_size=0;PRAGMA temp_store=MEMORY;"
                ),
            },
            "CONN_MAX_AGE": 600,
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
    }


DATABASES = {
    "default": _database(COURTESY.database_url, COURTESY.data_dir / "courtesy.db"),
    "keys": _database(COURTESY.keys_database_url, COURTESY.data_dir / "keys.db"),
}
DATABASE_ROUTERS = ["courtesy.privacy.routing.KeysApart"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "courtesy.web",
    "courtesy.privacy",
    "courtesy.jobs",
    "courtesy.staff",
    "courtesy.people",
    "courtesy.consent",
    "courtesy.knowledge",
    "courtesy.post",
    "courtesy.conversations",
    "courtesy.desk.lifecycle",
    "courtesy.trust",
]

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "courtesy.config.urls_staff"
STAFF_URLCONF = "courtesy.config.urls_staff"
PUBLIC_URLCONF = "courtesy.config.urls_public"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted([*PACKAGE.glob("*/templates"), *PACKAGE.glob("*/*/templates")]),
        "APP_DIRS": False,
        "OPTIONS": {"environment": "courtesy.web.jinja.environment", "context_processors": []},
    }
]
FORM_RENDERER = "django.forms.renderers.Jinja2"
