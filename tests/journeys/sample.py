"""The sample shop as a newcomer finds it a minute after `make run`: drafts are there, one answer has been given."""

import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tests.journeys import steps
from tests.journeys.house import ROOT, House
from tests.journeys.visitor import Visitor

CHIDI, DORA, INGRID, NGUYEN = "Soap in the clay pot, help", "Almonds?", "Shipping to Norway", "A wish"


@dataclass
class SampleShop:
    """``desk`` and ``front`` name the pages worth looking at, each with its address."""

    house: House
    ada: Visitor
    secret: str
    desk: dict[str, str] = field(default_factory=dict)
    front: dict[str, str] = field(default_factory=dict)


def open_sample(folder: Path) -> SampleShop:
    """Open it, come in as its owner, answer one question from its draft, and note where things stand. Stop it after."""
    weights = os.environ.get("COURTESY_WEIGHTS_DIR", str(ROOT / "build" / "weights"))
    house = House(folder, extra={"COURTESY_WEIGHTS_DIR": weights})
    house.cli("weights")
    house.cli("sample")
    house.start()
    try:
        link = re.search(r"http://\S+/join/\S+", house.log)
        assert link, house.log
        ada, secret = steps.join(house, link[0])
        house.wait_for("select 1 where not exists (select 1 from jobs_job where set_aside_at is null)", seconds=120)
        shop = SampleShop(house, ada, secret)
        _bought(shop, folder / "orders.csv")
        _answered(shop, INGRID)
        _asked(shop, NGUYEN)
        _find(shop)
    except BaseException:
        house.stop()
        raise
    return shop


def thread_about(house: House, subject: str) -> int:
    """The thread with this subject."""
    return int(str(house.wait_for("select id from conversations_thread where subject = ?", subject)[0][0]))


ORDERS = """\
Order number,Order date,Email,Name,Phone,Product,Quantity,Price,Status,Carrier,Tracking,Promised,Shipped,Arrived
M-90418,2026-11-18,chidi.okafor@post.example,,+49 30 1234567,Assam,2,9.40,sent,Parcelwing,PW-77,2026-11-22,2026-11-19,
M-90107,2026-08-02,chidi.okafor@post.example,Chidi,+49 30 1234567,Sencha,1,7.20,delivered,,,,2026-08-03,2026-08-05
M-90433,2026-11-24,dora.lindqvist@post.example,Dora,+49 30 1234567,Kenya AA,1,16.50,paid,,,2099-11-28,,
"""


def _bought(shop: SampleShop, file: Path) -> None:
    """Chidi waits for a parcel; Dora, who gave the same phone number, may be the same customer. A note is kept."""
    file.write_text(ORDERS)
    shop.house.cli("import", "orders", str(file), "--basis", "contract", "--since", "2024-01-01")
    page = shop.ada.go(f"/inbox/{thread_about(shop.house, CHIDI)}?beside=person")
    shop.ada.send(page.form(having="words", action="/notes"), words="Has a new puppy, likes a call in the afternoon.")


def _answered(shop: SampleShop, subject: str) -> None:
    """Answer from the draft with a word of one's own, as the customer will find it explained."""
    thread = thread_about(shop.house, subject)
    form = shop.ada.go(f"/inbox/{thread}?write=draft").form(having="words", action="/replies")
    first, rest = form.fields["words"].split("\n\n", 1)
    own = "What a lovely plan, and yes, we ship to Bergen. I’ll write to you on Tuesday. You’ll have the list tomorrow."
    page = shop.ada.send(form, words=f"{first}\n\n{own}\n\n{rest}")
    # Of the two promises one is kept as such; the other is still asked about.
    shop.ada.send(page.form(having="due_on", action="/confirmation"))


def _asked(shop: SampleShop, subject: str) -> None:
    """A colleague calls Ada by name, so that her day has a line about it."""
    ben = steps.invite(shop.house, shop.ada, "Ben")
    thread = thread_about(shop.house, subject)
    form = ben.go(f"/inbox/{thread}?write=note").form(having="words", action="/notes")
    ben.send(form, words="@Ada have we ever had lotus tea?")


def _found(shop: SampleShop, words: str) -> str:
    """Look for something; the address of what was found, which says no word of it."""
    page = shop.ada.go("/inbox")
    return shop.ada.send(page.form(action="/inbox/searches"), words=words).url.removeprefix(shop.house.desk)


def _find(shop: SampleShop) -> None:
    """Walk there as a colleague and a customer would."""
    house, ada = shop.house, shop.ada
    chidi, dora, ingrid, nguyen = (thread_about(house, subject) for subject in (CHIDI, DORA, INGRID, NGUYEN))
    page = ada.go(f"/inbox/{ingrid}?beside=person")
    answer = re.search(rf'href="({house.front}/answer/[^"]+)"', page.text)
    assert answer, page.text[-3000:]
    customer = Visitor(house.front)
    why, until = None, time.monotonic() + 20
    while why is None and time.monotonic() < until:
        # What may still be taken back is not shown to the customer yet.
        time.sleep(0.5)
        why = re.search(r'href="(/evidence/[^"]+)"', customer.go(answer[1]).text)
    assert why, customer.page.text[-3000:]
    waiting = ada.go(f"/inbox/{dora}?beside=person")
    unanswered = re.search(rf'href="({house.front}/answer/[^"]+)"', waiting.text)
    assert unanswered
    public, internal = (
        str(house.rows("select slug from knowledge_article where audience = ? order by slug", audience)[0][0])
        for audience in ("public", "internal")
    )
    owner = UUID(str(house.rows("select id from staff_colleague where left_at is null and role = 'owner'")[0][0]))
    customer_page = re.search(r'href="(/customers/[^"]+)"', ada.go(f"/inbox/{chidi}?beside=person").text)
    assert customer_page
    shop.desk = {
        "customer": customer_page[1],
        "orders from a file": "/past/orders",
        "inbox, snoozed": "/inbox?view=snoozed",
        "inbox, kept out": "/inbox?view=apart",
        "saved views": "/inbox/views",
        "command bar": f"/commands?thread={chidi}",
        "keys": "/keys",
        "today": "/",
        "inbox": "/inbox?view=all",
        "inbox, found": _found(shop, "pot"),
        "inbox, nothing found": _found(shop, "raku glaze"),
        "inbox, nothing of mine": "/inbox?view=mine",
        "inbox, resolved": "/inbox?view=resolved",
        "thread with a draft": f"/inbox/{chidi}",
        "thread for a person only": f"/inbox/{dora}",
        "thread without a draft": f"/inbox/{nguyen}",
        "thread and its person": f"/inbox/{chidi}?beside=person",
        "thread answered": f"/inbox/{ingrid}",
        "putting in a text": f"/inbox/{chidi}?write=reply&put=1",
        "merging": f"/inbox/{chidi}/merging",
        "writing from the draft": f"/inbox/{chidi}?write=draft",
        "writing a note": f"/inbox/{dora}?write=note",
        "articles": "/articles",
        "article": f"/articles/{public}",
        "article, internal": f"/articles/{internal}",
        "article editor": f"/articles/{public}/edit",
        "article, new": "/articles/new",
        "team": "/team",
        "shop": "/shop",
        "hours": "/shop/hours",
        "a colleague leaves": f"/team/{owner}/leaving",
        "mail": "/shop/mail",
        "mail, new": "/shop/mail/new",
        "recovery sheet": "/shop/recovery-sheet",
        "my page": "/me",
        "signature": "/me/signature",
        "saved replies": "/saved-replies",
        "saved reply, new": "/saved-replies/new",
        "change password": "/me/password",
        "start own shop": "/start-own-shop",
        "style guide": "/style-guide",
        "not found": "/nothing-here",
    }
    shop.front = {
        "contact": "/",
        "public article": f"/articles/{public}",
        "private answer": answer[1].removeprefix(house.front),
        "private page, waiting": unanswered[1].removeprefix(house.front),
        "evidence": why[1],
        "asked to look again": f"{why[1]}/asked",
        "not found in front": "/nothing-here",
    }
