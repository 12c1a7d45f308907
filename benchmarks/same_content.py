"""What thousands of conversations hold, the same for the same seed: for our house and for the help desk beside it.

Pure: the other help desk runs under a Python of its own, which has neither our packages nor our rooms.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage

COMMON, RARE, PLANTED, A_NAME = "parcel", "quince", "medlar", "wren"
PLANTED_IN = range(1000, 6000, 1000)
"""PLANTED stands in the first message of these conversations, however many there are: both sides find just these."""
WORDS = [
    "order",
    "teapot",
    "cup",
    "handle",
    "glaze",
    "jar",
    "lid",
    "coffee",
    "beans",
    "grind",
    "roast",
    "tin",
    "delivery",
    "address",
    "street",
    "Monday",
    "morning",
    "voucher",
    "present",
    "wrap",
    "broken",
    "missing",
    "late",
    "return",
    "refund",
    "size",
    "color",
    "blue",
    "green",
    "large",
    "small",
    "shelf",
    "window",
    "shop",
    "hour",
    "open",
    "question",
    "answer",
    "please",
    "again",
    "still",
    "waiting",
    "invoice",
    "number",
    "friend",
    "birthday",
    "week",
    "month",
]
FIRST = [
    "Wren",
    "Tomas",
    "Aila",
    "Noor",
    "Piet",
    "Sade",
    "Yuki",
    "Marta",
    "Ivo",
    "Lena",
    "Kofi",
    "Runa",
    "Bela",
    "Otis",
    "Mina",
]
LAST = ["Hale", "Okoro", "Lind", "Baptiste", "Sato", "Novak", "Ferro", "Quist", "Adeyemi", "Brandt", "Moreau", "Tveit"]
STATES = ["open"] * 3 + ["waiting"] * 4 + ["resolved"] * 3
CONVERSATIONS_A_PERSON, MESSAGES = 5, 3


@dataclass(frozen=True)
class Said:
    """One message, ``hours_before`` the last one of its conversation."""

    ours: bool
    body: str
    hours_before: int


@dataclass(frozen=True)
class Conversation:
    """``person`` and ``colleague`` are numbers; no colleague is None. The last word fell ``seconds_ago``."""

    person: int
    name: str
    subject: str
    state: str
    colleague: int | None
    seconds_ago: int
    said: tuple[Said, ...]


def people(conversations: int, *, seed: int = 11) -> list[str]:
    """The names of those who wrote; the place in the list is their number."""
    chance = random.Random(f"people {seed}")
    return [
        f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(max(1, conversations // CONVERSATIONS_A_PERSON))
    ]


def conversations(many: int, *, colleagues: int, seed: int = 11) -> Iterator[Conversation]:
    """``many`` conversations of three messages each, by a fifth as many people, the newest first."""
    chance, names = random.Random(seed), people(many, seed=seed)
    for number in range(many):
        state = chance.choice(STATES)
        yield Conversation(
            person=number % len(names),
            name=names[number % len(names)],
            subject=f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}",
            state=state,
            colleague=chance.choice([None, *range(colleagues)]),
            seconds_ago=420 * number + chance.randrange(60),
            said=_with_planted(
                number, tuple(_said(chance, place, ours_last=state == "waiting") for place in range(MESSAGES))
            ),
        )


def _with_planted(number: int, said: tuple[Said, ...]) -> tuple[Said, ...]:
    if number not in PLANTED_IN:
        return said
    return (replace(said[0], body=f"{said[0].body} {PLANTED}"), *said[1:])


def _said(chance: random.Random, place: int, *, ours_last: bool) -> Said:
    """A question, an answer, and a last word: ours while we wait for the customer."""
    words = chance.choices(WORDS, k=chance.randrange(8, 60))
    if chance.random() < 0.5:
        words.append(COMMON)
    if chance.random() < 0.0003:
        words.append(RARE)
    ours = ours_last if place == MESSAGES - 1 else place % 2 == 1
    return Said(ours, " ".join(words), 10 * (MESSAGES - 1 - place))


def mails(many: int, *, seed: int = 5) -> list[bytes]:
    """Plain mails of new customers, as a mailbox holds them."""
    chance, found = random.Random(seed), []
    for number in range(many):
        mail = EmailMessage()
        mail["From"] = f"{chance.choice(FIRST)} {chance.choice(LAST)} <writer{number}@post.example>"
        mail["To"] = "Marigold <hello@marigold.example>"
        mail["Subject"] = f"{chance.choice(WORDS)} {chance.choice(WORDS)}"
        mail["Date"] = "Tue, 24 Nov 2026 10:00:00 +0000"
        mail["Message-ID"] = f"<bench-{number}@post.example>"
        mail.set_content("\n".join(" ".join(chance.choices(WORDS, k=12)) for _ in range(8)))
        found.append(mail.as_bytes())
    return found
