"""What was written in three years: questions about orders and everything else, answers of colleagues, thanks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courtesy.config.sample import families
from courtesy.config.sample.generating.buying import Order
from courtesy.config.sample.generating.customers import Customer, people
from courtesy.config.sample.generating.dice import Dice
from courtesy.config.sample.generating.hours import answered_at
from courtesy.config.sample.generating.texts import Family, Topic, family, filled
from courtesy.config.sample.generating.voices import answer, letter, misspelled, question

COLLEAGUES = ("Ada", "Ben", "Noor")
_OLDER_THAN = timedelta(days=3)
"""History ends here; what came later is alive, and written by hand but for the stuck parcels."""

_TOPICS = {
    "brewing": 9, "pot": 6, "pause": 7, "voucher": 6, "stock": 7, "course": 6, "allergy": 5, "praise": 6,
    "late": 12, "broken": 9, "wrong": 6, "return": 9, "refund": 5, "address": 5, "invoice": 6, "change": 5,
}  # fmt: skip
_OF_KIND = {
    "brewing": ("tea",), "pot": ("pottery",), "broken": ("pottery",), "return": ("pottery",),
    "wrong": ("tea",), "allergy": ("tea", "coffee"), "praise": ("pottery",),
}  # fmt: skip
_FREE = ("pause", "voucher", "stock", "course")
_SIZE = re.compile(r",.*| \(.*")
_CLAY = frozenset({"P-SML", "P-TAL"})


@dataclass(frozen=True)
class Attachment:
    """A file with a letter: "photo" of something broken, or "invoice"."""

    kind: str
    name: str


@dataclass(frozen=True)
class Letter:
    """One mail. ``by`` is the colleague who wrote it, empty for a customer's; ``answers`` the letter it answers."""

    mail_id: str
    at: datetime
    sender: str
    name: str
    to: str
    to_name: str
    subject: str
    body: str
    by: str = ""
    answers: tuple[str, ...] = ()
    attachment: Attachment | None = None
    kind: str = ""


@dataclass(frozen=True)
class Conversation:
    """All letters about one matter, in order."""

    customer: Customer
    topic: str
    letters: tuple[Letter, ...]


def conversations_of(customer: Customer, orders: Sequence[Order], *, at: datetime, shop: str) -> list[Conversation]:
    """What one customer wrote until three days ago, and what was answered."""
    return [_conversation(customer, orders, count, at=at, shop=shop) for count in range(customer.conversations)]


def about_the_hub(customer: Customer, order: Order, *, at: datetime, shop: str, answered: bool) -> Conversation:
    """ "Where is my parcel?", asked in the last two days; some were told what goes on, the others came since."""
    dice = Dice("hub", customer.number)
    oldest, newest = (2 * 24 * 60 - 60, 9 * 60) if answered else (7 * 60, 38)
    asked = at - timedelta(minutes=dice.between(newest, oldest))
    said = family(families.of(customer.address), customer.language)
    topic = said.topics["hub"]
    facts = _facts(customer, order, dice, asked, topic)
    pile = _Pile(customer, said=said, facts=facts, dice=dice, count=90, shop=shop, subject=_subject(topic, facts, dice))
    pile.theirs(asked, letter(customer, said, question(customer, topic, dice), facts, dice))
    if answered:
        # They work late in these two days.
        told = asked + timedelta(minutes=dice.between(15, 480))
        pile.ours(dice.one(COLLEAGUES), dice.one(topic.answers), at=told)
    return Conversation(customer, "hub", tuple(pile.letters))


def _conversation(customer: Customer, orders: Sequence[Order], count: int, *, at: datetime, shop: str) -> Conversation:
    dice = Dice("conversation", customer.number, count)
    name, order, asked = _matter(customer, orders, dice, at)
    said = family(families.of(customer.address), customer.language)
    topic = said.topics[name]
    facts = _facts(customer, order, dice, asked, topic)
    subject = _subject(topic, facts, dice)
    pile = _Pile(customer, said=said, facts=facts, dice=dice, count=count, shop=shop, subject=subject)
    about = question(customer, topic, dice)
    photo = Attachment("photo", dice.one(("IMG_2041.png", "photo.png", "20-11-box.png")))
    pile.theirs(asked, letter(customer, said, about, facts, dice), photo if name == "broken" else None)
    by = dice.weighed(COLLEAGUES, (4, 4, 3))
    if not (name == "praise" and dice.chance(0.4)):
        bill = Attachment("invoice", f"invoice-{order.number}.pdf")
        pile.ours(by, dice.one(topic.answers_to(about)), bill if name == "invoice" else None)
        pile.go_on(by)
    end = at - _OLDER_THAN
    return Conversation(customer, name, tuple(one for one in pile.letters if one.at < end))


class _Pile:
    """The letters of one conversation, while they are being written."""

    def __init__(
        self,
        customer: Customer,
        *,
        said: Family,
        facts: dict[str, str],
        dice: Dice,
        count: int,
        shop: str,
        subject: str,
    ) -> None:
        self.customer, self.said, self.facts, self.dice = customer, said, facts, dice
        self.count, self.shop, self.subject = count, shop, subject
        self.letters: list[Letter] = []

    def theirs(self, when: datetime, body: str, attachment: Attachment | None = None) -> None:
        """The customer writes."""
        sender, to = (self.customer.address, self.customer.name), (self.shop, "Marigold")
        self._lay(when, sender, to, body, attachment=attachment)

    def ours(self, by: str, text: str, attachment: Attachment | None = None, *, at: datetime | None = None) -> None:
        """A colleague answers what came last, at this moment or when they get round to it."""
        last = self.letters[-1]
        language = self.customer.language
        body = answer(text, by=by, family=self.said, facts=self.facts, language=language, dice=self.dice)
        if self.dice.chance(0.35):
            body = _quoting(body, last, self.said, language)
        sender, to = (self.shop, by), (self.customer.address, self.customer.name)
        self._lay(at or answered_at(last.at, self.dice), sender, to, body, by=by, attachment=attachment)

    def go_on(self, by: str) -> None:
        """Thanks, or one more question and its answer, or nothing."""
        dice = self.dice
        how = dice.weighed(("end", "thanks", "more"), (58, 26, 16))
        if how == "end":
            return
        later = self.letters[-1].at + timedelta(minutes=dice.between(12, 1500))
        if how == "thanks":
            self.theirs(later, _short(self.customer, dice.one(self.said.thanks), dice))
            return
        asked, answered = dice.one(self.said.more)
        self.theirs(later, _short(self.customer, asked, dice))
        self.ours(by if dice.chance(0.7) else dice.one(COLLEAGUES), answered)

    def _lay(
        self,
        when: datetime,
        sender: tuple[str, str],
        to: tuple[str, str],
        body: str,
        *,
        by: str = "",
        attachment: Attachment | None = None,
    ) -> None:
        self.letters.append(
            Letter(
                mail_id=_mail_id(self.customer, self.count, len(self.letters)),
                at=when,
                sender=sender[0],
                name=sender[1],
                to=to[0],
                to_name=to[1],
                subject=f"Re: {self.subject}" if self.letters else self.subject,
                body=body,
                by=by,
                answers=tuple(one.mail_id for one in self.letters),
                attachment=attachment,
            )
        )


def _matter(customer: Customer, orders: Sequence[Order], dice: Dice, at: datetime) -> tuple[str, Order, datetime]:
    """What it is about, which order, and when it was asked."""
    end = at - _OLDER_THAN - timedelta(days=4)
    past = [one for one in orders if not one.stuck and one.placed_at < end - timedelta(days=12)] or list(orders[:1])
    for _ in range(6):
        topic = dice.weighed(list(_TOPICS), list(_TOPICS.values()))
        fitting = [one for one in past if _could(topic, one)]
        order = dice.one(fitting or past)
        asked = _asked_at(topic, order, dice)
        if fitting and asked is not None and asked < end:
            return topic, order, asked + timedelta(hours=7 if asked.hour < 6 else 0)
    asked = end - timedelta(days=dice.between(0, max(30, (end - past[0].placed_at).days)))
    return dice.one(_FREE), past[0], asked.replace(hour=dice.between(7, 22), second=0, microsecond=0)


def _could(topic: str, order: Order) -> bool:
    """Whether somebody with this order would ask such a thing."""
    if topic == "pot":
        return any(line.product.sku in _CLAY for line in order.lines)
    if topic == "late":
        arrived = order.delivery.arrived_at
        return arrived is not None and (arrived.date() - order.delivery.promised_on).days > 1
    if topic == "refund" and order.refund is None:
        return False
    kinds = _OF_KIND.get(topic)
    return kinds is None or any(line.product.kind in kinds for line in order.lines)


def _asked_at(topic: str, order: Order, dice: Dice) -> datetime | None:
    """When such a question about this order would be asked; None where it would not be."""
    parcel = order.delivery
    placed, arrived = order.placed_at, parcel.arrived_at
    if topic in {"change", "address"}:
        return placed + timedelta(minutes=dice.between(4, 200))
    if topic == "late":
        missed = datetime.combine(parcel.promised_on, placed.timetz()) + timedelta(days=1)
        return missed.replace(hour=dice.between(7, 21))
    if topic == "refund" and order.refund is not None:
        return order.refund.at - timedelta(hours=dice.between(2, 50))
    if arrived is None:
        return None
    if topic in {"broken", "wrong"}:
        return arrived + timedelta(minutes=dice.between(10, 900))
    days = {"return": (1, 20), "invoice": (1, 60), "praise": (0, 12), "brewing": (0, 20), "pot": (1, 90)}
    low, high = days.get(topic, (2, 120))
    return arrived + timedelta(days=dice.between(low, high), minutes=dice.between(5, 600))


def _facts(customer: Customer, order: Order, dice: Dice, asked: datetime, topic: Topic) -> dict[str, str]:
    language = customer.language
    kinds = _OF_KIND.get(topic.name)
    lines = [line for line in order.lines if kinds is None or line.product.kind in kinds] or list(order.lines)
    line = order.refund.line if topic.name == "refund" and order.refund else dice.one(lines)
    amount = line.amount if topic.name == "refund" else order.total
    if topic.name == "voucher":
        amount = dice.one((2500, 3000, 5000, 8000))
    month = asked.month % 12 + 1 if topic.name == "course" else order.placed_at.month
    promised = asked.date() + timedelta(days=6) if topic.name == "invoice" else order.delivery.promised_on
    return {
        "number": order.number,
        "product": _called(line.product.name, line.product.kind, customer),
        "ordered": _day(order.placed_at.date(), language),
        "promised": _day(promised, language),
        "tracking": order.delivery.tracking or order.number,
        "amount": _money(amount, language),
        "weeks": str(dice.between(3, 9)),
        "month": people()["months"][language][month - 1],
        "occasion": dice.one(people()["occasions"]["en"]),
        "street": customer.street,
        "town": customer.town,
        "first": customer.first,
        "me": customer.name,
    }


def _called(product: str, kind: str, customer: Customer) -> str:
    """A product as somebody writes of it: the cup in English, „Blue Cup“ elsewhere."""
    short = _SIZE.sub("", product)
    if customer.language == "en":
        return f"the {short.lower()}" if kind == "pottery" else short
    if families.of(customer.address) == "a":
        return short  # its templates have the quotation marks
    left, right = {"de": ("„", "“"), "fr": ("« ", " »"), "es": ("«", "»")}[customer.language]
    return f"{left}{short}{right}"


def _subject(topic: Topic, facts: dict[str, str], dice: Dice) -> str:
    text = filled(dice.one(topic.subjects), facts)
    return text[0].upper() + text[1:]


def _short(customer: Customer, text: str, dice: Dice) -> str:
    if customer.voice == "misspelled":
        return misspelled(text, dice)
    return text if customer.voice == "curt" else f"{text}\n\n{customer.first}"


def _quoting(body: str, last: Letter, said: Family, language: str) -> str:
    head = filled(said.quoted, {"day": _day(last.at.date(), language), "who": last.name})
    below = "\n".join(f"> {line}".rstrip() for line in last.body.split("\n"))
    return f"{body}\n\n{head}\n{below}"


def _day(day: date, language: str) -> str:
    month = people()["months"][language][day.month - 1]
    return {"de": f"{day.day}. {month}", "es": f"{day.day} de {month}"}.get(language, f"{day.day} {month}")


def _money(cents: int, language: str) -> str:
    whole, rest = divmod(cents, 100)
    return f"€{whole}.{rest:02d}" if language == "en" else f"{whole},{rest:02d} €"


def _mail_id(customer: Customer, count: int, place: int) -> str:
    return f"{customer.number:04d}.{count:02d}.{place}@letters.marigold.example"
