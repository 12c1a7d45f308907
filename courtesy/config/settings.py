"""Django's settings, made from the environment; what an owner may set is in `environment.py`."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy

from courtesy.config import wiring
from courtesy.config.environment import Environment, read_environment
from courtesy.config.first_start import session_secret
from courtesy.config.quiet import QUIET_LOGGING
from courtesy.web.navigation import Place

PACKAGE = Path(__file__).resolve().parent.parent
COURTESY = read_environment()

DEBUG = COURTESY.debug
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


SECRET_KEY = session_secret(COURTESY.data_dir)


def database(url: str, file: Path | str) -> dict[str, Any]:
    """Django's own description of a database: PostgreSQL by its address, else SQLite in this file."""
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
    "default": database(COURTESY.database_url, COURTESY.data_dir / "courtesy.db"),
    "keys": database(COURTESY.keys_database_url, COURTESY.data_dir / "keys.db"),
}
DATABASE_ROUTERS = ["courtesy.privacy.routing.KeysApart"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
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
    "courtesy.records",
    "courtesy.post",
    "courtesy.conversations",
    "courtesy.desk.lifecycle",
    "courtesy.trust",
]

# The socket decides which front side a request is on; what only colleagues need does not run on the public one.
MIDDLEWARE = [
    "courtesy.config.sides.FrontSide",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "courtesy.config.sides.Sessions",
    "django.middleware.csrf.CsrfViewMiddleware",
    "courtesy.privacy.middleware.KeyScope",
    "courtesy.staff.clock.ShopClock",
    "courtesy.config.sides.Authentication",
    "courtesy.config.sides.Flashes",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "courtesy.config.urls_staff"
STAFF_URLCONF = "courtesy.config.urls_staff"
PUBLIC_URLCONF = "courtesy.config.urls_public"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted([*PACKAGE.glob("*/templates"), *PACKAGE.glob("*/*/templates")]),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "courtesy.web.jinja.environment",
            "context_processors": ["courtesy.web.context.look"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

# --- hand-overs between rooms ---
HANDLERS = wiring.HANDLERS
PATIENT = wiring.PATIENT
AT_START = wiring.AT_START
SCHEDULE = wiring.SCHEDULE
EMAIL_BACKEND = "courtesy.post.letters.Backend"
SHOP_FRONT = "courtesy.staff.public.shop_front"


# --- who may ask, and what a page may do ---
def _names(here: Environment) -> list[str]:
    """The names a browser may use. Anything else is refused: a foreign name pointing here is an attack (rebinding)."""
    names = {"localhost", "127.0.0.1", "[::1]"}
    if here.host not in {"0.0.0.0", "::"}:  # noqa: S104
        names.add(here.host)
    names |= {name for url in (here.public_url, here.desk_url) if (name := urlsplit(url).hostname)}
    return sorted(names)


ALLOWED_HOSTS = _names(COURTESY)
APPEND_SLASH = False
CSRF_COOKIE_NAME = "courtesy_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [url for url in (COURTESY.public_url, COURTESY.desk_url) if url]
SECURE_HSTS_SECONDS = 31_536_000
# Addresses hold tokens: nothing of them goes to another site.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# A file never lies in the machine's temporary folder: it is held until it is sealed. How much of them may come in, and
# from whom, is decided before a byte of it reaches Django (`asgi.py`).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        # Text becomes markup only through htmx, which checks the page's nonce first.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["htmx"],
    }
}

# --- static files ---
STATIC_URL = "/static/"
STATIC_ROOT = COURTESY.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "courtesy.config.statics.Hashed"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600

LOGGING = QUIET_LOGGING

# --- staff: who gets in (`courtesy/staff/`) ---
AUTH_USER_MODEL = "staff.Colleague"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "called")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"

ACCOUNT_ADAPTER = "courtesy.staff.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "courtesy.staff.forms.SignInForm",
    "change_password": "courtesy.staff.forms.ChangePasswordForm",
    "reauthenticate": "courtesy.staff.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# Five wrong ones for one name (password) or one colleague (code) shut the door for five minutes, for the right one too.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/300s/key"}
MFA_ADAPTER = "courtesy.staff.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "courtesy.staff.forms.CodeForm",
    "reauthenticate": "courtesy.staff.forms.CodeAgainForm",
    "activate_totp": "courtesy.staff.forms.ActivateCodeAppForm",
    "authenticate_webauthn": "courtesy.staff.passkey_forms.SecondStepForm",
    "login_webauthn": "courtesy.staff.passkey_forms.ComeInForm",
    "reauthenticate_webauthn": "courtesy.staff.passkey_forms.AgainForm",
    "add_webauthn": "courtesy.staff.passkey_forms.AddForm",
    "edit_webauthn": "courtesy.staff.passkey_forms.RenameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# With 1, a code could be used a second time: allauth remembers a used one for a single period only.
MFA_TOTP_TOLERANCE = 0

SESSION_ENGINE = "courtesy.staff.sessions"
SESSION_COOKIE_NAME = "courtesy_staff"
SESSION_COOKIE_HTTPONLY = True
# Strict would sign a colleague out of every link that arrives by mail.
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# The lock-out counts here: shared by all processes, and large, so that nobody can push a count out by flooding it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
# --- end of staff ---

# --- web: what the rail of the desk shows (`courtesy/web/navigation.py`) ---
MY_PAGE = "account"
WAITING = "courtesy.conversations.queries.how_many_wait"
START_OWN_SHOP = "start-own-shop"
SAMPLE_PAST = "courtesy.config.sample.coming.coming"
SAMPLE_LINE = "sample-past"
NAVIGATION = (
    Place("today", gettext_lazy("Today"), "today"),
    Place("inbox", gettext_lazy("Inbox"), "inbox", begins=("/inbox",), counts=WAITING),
    Place("articles", gettext_lazy("Articles"), "article", begins=("/articles", "/saved-replies")),
    Place("team", gettext_lazy("Team"), "people", ability="manage", begins=("/team",)),
    Place("shop", gettext_lazy("Shop"), "shop", ability="manage", begins=("/shop",)),
)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# --- end of web ---
