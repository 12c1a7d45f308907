"""After the power went: was anything lost, did anything leave twice?"""

from dataclasses import dataclass, field

from tests.journeys.house import House
from tests.journeys.mailbox import Mailbox

OPEN_STATES = ("waiting", "sending")


@dataclass
class Acknowledged:
    """What the house said yes to before it died: words of messages, and words of answers."""

    messages: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


def settle(house: House, seconds: float = 45) -> None:
    """Wait until no arrival is new, no job waits and no mail is on its way."""
    house.wait_for(
        "select 1 where not exists (select 1 from post_arrival where state = 'new')"
        " and not exists (select 1 from post_outgoing where state in ('waiting', 'sending'))"
        " and not exists (select 1 from jobs_job where set_aside_at is null)",
        seconds=seconds,
    )


def faults(house: House, mailbox: Mailbox, said_yes: Acknowledged) -> list[str]:
    """What went wrong, in words; an empty list is a house that kept its promises."""
    wrong = []
    for words in said_yes.messages:
        stored = house.rows(
            "select count(*) from conversations_message where kind = 'in' and body like ?", f"%{words}%"
        )
        aside = house.rows("select count(*) from post_arrival where state = 'set aside'")
        if stored != [(1,)]:
            wrong.append(f"message {words!r} is stored {stored[0][0]} times ({aside[0][0]} set aside)")
    for words in said_yes.answers:
        decided = house.rows(
            "select count(*) from conversations_message where kind = 'out' and body like ?", f"%{words}%"
        )
        if decided != [(1,)]:
            wrong.append(f"answer {words!r} is kept {decided[0][0]} times")
    # Every answer in the house, acknowledged or not: it left exactly once, or it is shown as unsure.
    leaving = house.rows(
        "select m.body, o.state from post_outgoing o join conversations_message m on m.id = o.reply_message_id"
    )
    for body, state in leaving:
        words = str(body)
        came = sum(words[:60] in taken_text(mail) for mail in mailbox.taken)
        if state == "sent" and came != 1:
            wrong.append(f"an answer is marked sent and came {came} times")
        elif state == "unsure" and came > 1:
            wrong.append(f"an unsure answer came {came} times")
        elif state not in ("sent", "unsure"):
            wrong.append(f"an answer ended as {state}, it came {came} times")
    if len(mailbox.taken) > len(leaving):
        wrong.append(f"{len(mailbox.taken)} mails left for {len(leaving)} answers")
    check = house.cli("verify")
    if not check.get("ok"):
        wrong.append(f"the ledger does not verify: {check}")
    if house.rows("pragma integrity_check") != [("ok",)]:
        wrong.append("the database is damaged")
    return wrong


def taken_text(mail: object) -> str:
    body = mail.get_body(("plain",))  # type: ignore[attr-defined]
    return str(body.get_content()) if body else ""
