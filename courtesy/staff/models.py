"""Who works here, how they were let in, and the shop they work for."""

import uuid
from datetime import datetime
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from courtesy.privacy.declarations import Kind, declares, personal, plain
from courtesy.privacy.sealing import SealedTextField

WORK_RETENTION = "as long as the answers they gave are kept"


class Role(models.TextChoices):
    """What a colleague is here for; each may do what the one below may, and more."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    COLLEAGUE = "colleague", _("Colleague")
    VIEWER = "viewer", _("Viewer")


ABILITIES: dict[str, frozenset[str]] = {
    Role.VIEWER: frozenset({"enter", "see"}),
    Role.COLLEAGUE: frozenset({"enter", "see", "answer", "write"}),
    Role.MANAGER: frozenset({"enter", "see", "answer", "write", "manage"}),
    Role.OWNER: frozenset({"enter", "see", "answer", "write", "manage", "own"}),
}


class ColleagueManager(BaseUserManager["Colleague"]):
    """Colleagues; `get_by_natural_key` is what signing in asks."""

    def here(self) -> "models.QuerySet[Colleague]":
        """Those who work here now, the names they are called by in order."""
        return self.filter(left_at__isnull=True).order_by("called", "username")

    def get_by_natural_key(self, username: str | None) -> "Colleague":
        """The colleague who signs in by this name, however it is capitalized."""
        return self.get(username__iexact=username)


@declares(
    id=plain("a random number"),
    password=personal(Kind.CREDENTIAL, purposes=("service",), basis="contract", retention="until the colleague leaves"),
    last_login=personal(Kind.WORK, purposes=("service",), basis="contract", retention="until the colleague leaves"),
    username=personal(Kind.CREDENTIAL, purposes=("service",), basis="contract", retention=WORK_RETENTION),
    called=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention=WORK_RETENTION),
    role=personal(Kind.WORK, purposes=("service",), basis="contract", retention=WORK_RETENTION),
    address=personal(Kind.CONTACT, purposes=("service",), basis="contract", retention="until the colleague leaves"),
    key_id=plain("which key opens the sealed fields"),
    joined_at=personal(Kind.WORK, purposes=("service",), basis="contract", retention=WORK_RETENTION),
    left_at=personal(Kind.WORK, purposes=("service",), basis="contract", retention=WORK_RETENTION),
    signature=personal(Kind.WORK, purposes=("service",), basis="contract", retention="until the colleague leaves"),
    single_keys=personal(Kind.WORK, purposes=("service",), basis="contract", retention="until the colleague leaves"),
)
class Colleague(AbstractBaseUser):
    """Somebody who works here. Who leaves keeps the name on what they answered, and no way in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("sign-in name"), max_length=40, unique=True)
    called = models.CharField(_("name"), max_length=60)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.COLLEAGUE)
    address = SealedTextField(blank=True, default="")
    key_id = models.UUIDField(editable=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    signature = models.TextField(_("signature"), max_length=600, blank=True, default="")
    single_keys = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = ColleagueManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="one_colleague_a_sign_in_name"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="colleague_has_a_known_role"),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether they may come in at all; signing in and every page ask this."""
        return self.left_at is None

    def may(self, ability: str) -> bool:
        """Whether this colleague may "enter", "see", "answer", "write", "manage", "own"; who left may nothing."""
        return self.is_active and ability in ABILITIES[self.role]


@declares(
    id=plain("a random number"),
    digest=plain("a one-way digest of the link; the link itself is kept nowhere"),
    role=plain("what the link makes of its holder"),
    called=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention="90 days after the link ran out"),
    colleague=personal(Kind.WORK, purposes=("service",), basis="contract", retention="90 days after the link ran out"),
    invited_by=personal(Kind.WORK, purposes=("service",), basis="contract", retention="90 days after the link ran out"),
    created_at=plain("when the link was made"),
    until=plain("when the link runs out"),
    used_at=plain("when the link was used"),
    withdrawn_at=plain("when the link was taken back"),
)
class Invitation(models.Model):
    """A link that lets one person in, once: a new colleague, the first owner, or one who lost password or phone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    role = models.CharField(max_length=12, choices=Role.choices)
    called = models.CharField(max_length=60, blank=True)
    colleague = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.CASCADE, related_name="ways_back")
    invited_by = models.ForeignKey(Colleague, null=True, on_delete=models.PROTECT, related_name="invited")
    created_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.id}"

    def is_open(self, at: datetime) -> bool:
        """Whether the link still lets somebody in."""
        return self.used_at is None and self.withdrawn_at is None and at < self.until


@declares(
    session_key=personal(Kind.CREDENTIAL, purposes=("service",), basis="contract", retention="two weeks"),
    session_data=personal(Kind.CREDENTIAL, purposes=("service",), basis="contract", retention="two weeks"),
    expire_date=plain("when it runs out"),
    colleague_id=personal(Kind.WORK, purposes=("service",), basis="contract", retention="two weeks"),
    began_at=personal(Kind.WORK, purposes=("service",), basis="contract", retention="two weeks"),
    seen_at=personal(Kind.WORK, purposes=("service",), basis="contract", retention="two weeks"),
    device=personal(Kind.WORK, purposes=("service",), basis="contract", retention="two weeks"),
)
class Session(AbstractBaseSession):
    """One browser a colleague is signed in with; knows whose it is, so that all of them can be ended."""

    colleague_id = models.UUIDField(null=True, db_index=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=60, default="")

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = "session"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that reads and writes these rows (named in the settings, since it imports this file)."""
        return import_module(settings.SESSION_ENGINE).SessionStore


@declares(
    colleague=personal(Kind.WORK, purposes=("service",), basis="contract", retention="one year"),
    what=personal(Kind.WORK, purposes=("service",), basis="contract", retention="one year"),
    at=plain("when it changed"),
)
class AccountChange(models.Model):
    """Something that changed how a colleague gets in; shown to them, so that a stranger's doing is noticed."""

    class What(models.TextChoices):
        JOINED = "joined", _("Joined")
        PASSWORD = "password", _("Password changed")
        CODE_APP = "code app", _("Authenticator app set up")
        CODE_APP_GONE = "code app gone", _("Authenticator app removed")
        CODES = "codes", _("New recovery codes made")
        CAME_BACK = "came back", _("Came back in by a link")
        ROLE = "role", _("Role changed")
        PASSKEY = "passkey", _("Passkey added")
        PASSKEY_GONE = "passkey gone", _("Passkey removed")
        SIGNED_OUT = "signed out", _("Signed out everywhere by whoever runs the team")

    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="account_changes")
    what = models.CharField(max_length=20, choices=What.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"account change {self.pk}"


class Language(models.TextChoices):
    """The languages a shop and its articles can say they use, each called by its own name."""

    ENGLISH = "en", "English"
    GERMAN = "de", "Deutsch"
    FRENCH = "fr", "Français"
    SPANISH = "es", "Español"
    ITALIAN = "it", "Italiano"
    PORTUGUESE = "pt", "Português"
    DUTCH = "nl", "Nederlands"
    POLISH = "pl", "Polski"
    SWEDISH = "sv", "Svenska"
    TURKISH = "tr", "Türkçe"
    ARABIC = "ar", "العربية"
    HINDI = "hi", "हिन्दी"
    JAPANESE = "ja", "日本語"
    CHINESE = "zh", "中文"
    RUSSIAN = "ru", "Русский"
    KOREAN = "ko", "한국어"
    THAI = "th", "ไทย"


class Naming(models.TextChoices):
    """How customers read the name of the colleague who answered them."""

    FIRST_NAME = "first name", _("By their first name")
    TEAM = "the team", _("As “the team”")


@declares(
    name=plain("the shop's own name"),
    language=plain("the shop's own language"),
    other_languages=plain("the others its customers write in"),
    tagline=plain("the shop's own words"),
    greeting=plain("the shop's own words"),
    closing=plain("the shop's own words"),
    naming=plain("a choice of the owner"),
    may_send=plain("a choice of the owner"),
    is_sample=plain("whether this is the sample shop"),
    time_zone=plain("where the shop is"),
    opening_hours=plain("when the shop is open"),
    closed_days=plain("when it is closed all day"),
    first_reply_within=plain("how soon the shop wants to have answered first"),
    acknowledges=plain("a choice of the owner"),
    acknowledgment=plain("the shop's own words"),
    out_of_office=plain("the shop's own words"),
)
class Shop(models.Model):
    """The one shop of this house: its name, its languages, its manner of writing, its hours, whether Courtesy may send.

    ``language`` is its own, ``other_languages`` the rest of those customers write in; ``languages`` has them all.
    ``opening_hours``: weekday "0" (Monday) to "6" → [["09:00", "17:30"], …] in ``time_zone``; empty: always open.
    ``closed_days``: dates as "2026-12-25". ``first_reply_within``: opening minutes. ``acknowledgment`` tells the
    customer that the mail arrived, ``out_of_office`` the same while the shop is closed; only with ``acknowledges``.
    """

    name = models.CharField(max_length=80, default="My shop")
    language = models.CharField(max_length=5, choices=Language.choices, default=Language.ENGLISH)
    other_languages: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    tagline = models.CharField(max_length=140, blank=True, default="")
    greeting = models.CharField(max_length=120, default="Hello {name},")
    closing = models.TextField(max_length=400, default="Warm regards,\n{colleague}\n{shop}")
    naming = models.CharField(max_length=12, choices=Naming.choices, default=Naming.FIRST_NAME)
    may_send = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=60, default="UTC")
    opening_hours: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    closed_days: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    first_reply_within = models.PositiveIntegerField(null=True, blank=True)
    acknowledges = models.BooleanField(default=False)
    acknowledgment = models.TextField(max_length=1000, blank=True, default="")
    out_of_office = models.TextField(max_length=1000, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="there_is_one_shop")]

    def __str__(self) -> str:
        return self.name

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages its customers write in, the shop's own first, each once."""
        return tuple(dict.fromkeys([self.language, *self.other_languages]))

    @property
    def spoken(self) -> tuple[str, ...]:
        """The same languages, each by its own name."""
        called = dict(Language.choices)
        return tuple(str(called.get(one, one)) for one in self.languages)


@declares(
    by=personal(Kind.WORK, purposes=("service",), basis="contract", retention="as long as the shop keeps its key"),
    at=plain("when it was confirmed"),
)
class SheetOnPaper(models.Model):
    """The owner typed two groups of the recovery sheet: it exists on paper."""

    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"recovery sheet on paper {self.at:%Y-%m-%d}"
