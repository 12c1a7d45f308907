"""What the tables of packages say about people: their classes are not ours, so it is written here, together."""

from courtesy.privacy.declarations import Kind, declare_table, personal, plain

UNTIL_THEY_LEAVE = "until the colleague leaves"

SIGN_IN = personal(Kind.CREDENTIAL, purposes=("service",), basis="contract", retention=UNTIL_THEY_LEAVE)
SESSION = personal(Kind.CREDENTIAL, purposes=("service",), basis="contract", retention="two weeks")

# Django
declare_table("migrations.migration", app=plain(), name=plain(), applied=plain("when a change of tables was made"))
declare_table("contenttypes.contenttype", app_label=plain(), model=plain("the name of a table"))
declare_table("auth.permission", name=plain(), content_type=plain(), codename=plain("not used: abilities are in staff"))
declare_table("auth.group", name=plain("not used: roles are in staff"), permissions=plain("not used"))
declare_table("sessions.session", session_key=SESSION, session_data=SESSION, expire_date=plain("when it runs out"))

# Rate limits count tries by a colleague's name or a visitor's network address, for minutes.
LIMIT = personal(Kind.BEHAVIOR, purposes=("service",), basis="legitimate interest", retention="one day")
declare_table("cache.cache", cache_key=LIMIT, value=LIMIT, expires=plain("when the count starts anew"))

# django-allauth
declare_table(
    "account.emailaddress", user=SIGN_IN, email=SIGN_IN, verified=plain("not used"), primary=plain("not used")
)
declare_table("account.emailconfirmation", email_address=SIGN_IN, created=plain(), sent=plain(), key=SIGN_IN)
declare_table(
    "mfa.authenticator",
    user=SIGN_IN,
    type=plain("code app, recovery codes or passkey"),
    data=personal(
        Kind.CREDENTIAL, purposes=("service",), basis="contract", retention=UNTIL_THEY_LEAVE, why="secrets are sealed"
    ),
    created_at=plain("when it was set up"),
    last_used_at=personal(Kind.WORK, purposes=("service",), basis="contract", retention=UNTIL_THEY_LEAVE),
)  # fmt: skip
