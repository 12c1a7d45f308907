"""What a colleague holds in the hand when coming in: an authenticator app, a browser, a link."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from courtesy.staff.credentials import seal_secret
from courtesy.staff.models import Colleague
from tests.colleagues import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str = SECRET, *, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wrong_code(secret: str = SECRET) -> str:
    """Six digits that are none of the codes around now."""
    near = {code_of(secret, steps=n) for n in range(-2, 3)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in near)


def give_password(colleague: Colleague, password: str = PASSWORD) -> Colleague:
    """The colleague can sign in by this password."""
    colleague.set_password(password)
    colleague.save(update_fields=["password"])
    return colleague


def give_code_app(colleague: Colleague, secret: str = SECRET) -> Colleague:
    """The colleague has an authenticator app and recovery codes."""
    sealed = seal_secret(secret, colleague=colleague)
    Authenticator.objects.create(user=colleague, type=Authenticator.Type.TOTP, data={"secret": sealed})
    seed = seal_secret("ab" * 40, colleague=colleague)
    Authenticator.objects.create(
        user=colleague, type=Authenticator.Type.RECOVERY_CODES, data={"seed": seed, "used_mask": 0}
    )
    return colleague


def recovery_codes(colleague: Colleague) -> list[str]:
    """The codes that still work."""
    row = Authenticator.objects.get(user=colleague, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = row.wrap().get_unused_codes()
    return codes


def secret_on_the_page(body: str) -> str:
    """What is typed in the app where there is no camera."""
    found = re.search(r'<code class="code">([A-Z2-7 ]+)</code>', body)
    assert found, "the page shows no secret"
    return found[1].replace(" ", "")


def sign_in(client: Client, name: str, password: str = PASSWORD, **extra: str):
    """The first step."""
    return client.post("/sign-in", {"login": name, "password": password}, **extra)


def enter(client: Client, name: str, password: str = PASSWORD):
    """Both steps."""
    sign_in(client, name, password)
    return client.post("/sign-in/code", {"code": code_of()})


def is_in(client: Client) -> bool:
    """Whether this browser gets past the doors."""
    return client.get("/me").status_code == 200
