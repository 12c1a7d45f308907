"""django-helpdesk with the same conversations, asked the same things: run by a Python of its own, `build/peer`.

`benchmarks.beside_helpdesk` starts it and talks to it over its pipes: it fills itself, says "ready", and answers every
"round" with one JSON object of processor times. It is set up as its own documentation says, with DEBUG off.
"""

import json
import logging
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def set_up(folder: Path) -> None:
    """An empty help desk on SQLite."""

    settings.configure(
        SECRET_KEY="only for this measurement",
        DEBUG=False,
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
        SITE_ID=1,
        ROOT_URLCONF="benchmarks.helpdesk_peer_urls",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "peer.db"}},
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "django.contrib.humanize",
            "rest_framework",
            "helpdesk",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        STATIC_URL="/static/",
        MEDIA_ROOT=str(folder / "media"),
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        HELPDESK_TEAMS_MODE_ENABLED=False,
    )

    django.setup()

    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)


def main() -> None:
    """Fill, say so, and answer until the pipe closes."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="courtesy-peer-") as folder:
        set_up(Path(folder))
        # Late: Django's models can be imported once it is set up.
        from benchmarks import helpdesk_asked  # noqa: PLC0415

        desk = helpdesk_asked.Desk(*helpdesk_asked.fill(int(sys.argv[1])))
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            if line.strip() == "round":
                print(json.dumps(helpdesk_asked.one_round(desk)), flush=True)


if __name__ == "__main__":
    main()
