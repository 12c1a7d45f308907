"""What people do on the pages, once, for every journey: join, sign in, write to the shop."""

import base64
import hmac
import re
import struct
import time

from tests.journeys.house import House
from tests.journeys.visitor import Page, Visitor

PASSWORD = "copper kettle on a slow boat"
ON_THE_WAY = 5  # seconds that a code may need until it is read; it counts for thirty and not one more
SLOWER_THAN_A_ROBOT = 2.2  # seconds; the form takes what comes faster for a machine's work


def code_of(secret: str, *, at: float | None = None) -> str:
    """The six digits an authenticator app shows for this secret (RFC 6238); with the next ones about to come, those."""
    if at is None and (left := 30 - time.time() % 30) < ON_THE_WAY:
        time.sleep(left + 0.1)
    key = base64.b32decode(secret.replace(" ", "").upper())
    digest = hmac.new(key, struct.pack(">Q", int((at or time.time()) // 30)), "sha1").digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def secret_on(page: str) -> str:
    """The secret an owner could type into the app by hand."""
    found = re.search(r'<code class="code">([A-Z2-7 ]+)</code>', page)
    assert found, "no secret on the page"
    return found[1]


def join(house: House, link: str, *, name: str = "ada") -> tuple[Visitor, str]:
    """Become a colleague by a link; back comes a browser that is signed in, and the authenticator's secret."""
    visitor = Visitor(house.desk)
    page = visitor.go(link.replace("http://localhost:8000", house.desk))
    form = page.form(having="password")
    typed = {field: PASSWORD for field in form.fields if field.startswith("password") or field == "again"}
    typed |= {field: name for field in form.fields if field in ("username", "login")}
    typed |= {field: name.title() for field in form.fields if field == "called"}
    page = visitor.send(form, **typed)
    assert page.status == 200, (page.status, page.text[-2500:])
    secret = secret_on(page.text)
    page = visitor.send(page.form(having="code"), code=code_of(secret))
    assert page.status == 200, (page.status, page.text[-2500:])
    return visitor, secret


def invite(house: House, owner: Visitor, called: str) -> Visitor:
    """A colleague who was invited and has come in."""
    page = owner.go("/team")
    page = owner.send(page.form(action="/team/invitations"), called=called, role="colleague")
    link = re.search(r'value="(http://[^"]+/join/[^"]+)"', page.text)
    assert link, page.text[-2500:]
    return join(house, link[1], name=called.lower())[0]


def sign_in(house: House, secret: str, *, name: str = "ada") -> Visitor:
    """Name, password, code. Codes are good once, so this waits for a fresh one if it must."""
    visitor = Visitor(house.desk)
    page = visitor.go("/sign-in")
    page = visitor.send(page.form(having="login"), login=name, password=PASSWORD)
    page = visitor.send(page.form(having="code"), code=code_of(secret))
    assert "/sign-in" not in page.url, page.text[:1500]
    return visitor


def write(house: House, words: str, *, address: str = "chidi@okafor.example", name: str = "Chidi Okafor") -> Page:
    """A message by the contact form, at a person's pace; the page that thanks."""
    visitor = Visitor(house.front)
    page = visitor.go("/")
    time.sleep(SLOWER_THAN_A_ROBOT)
    return visitor.send(page.form(having="words"), words=words, address=address, name=name)


def let_send(owner: Visitor) -> None:
    """Switch on "Courtesy may send"."""
    page = owner.go("/shop")
    page = owner.send(page.form(action="/shop/sending"))
    assert page.status == 200, (page.status, page.text[-2500:])


def answer(colleague: Visitor, thread_id: int, words: str, *, from_draft: bool = True) -> Page:
    """Open the thread, use the draft or not, and send these words (empty: as drafted)."""
    page = colleague.go(f"/inbox/{thread_id}?write={'draft' if from_draft else 'reply'}")
    form = page.form(having="words", action="/replies")
    return colleague.send(form, **({"words": words} if words else {}))
