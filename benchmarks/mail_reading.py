"""`python -m benchmarks.mail_reading [--malformed 10000]`: people the mail reader keeps apart by mistake, and its time.

The customers' texts of the sample shop Fern & Fjord (CC0, ../shared/data/shop-fern), each as a mail and in the company
of headers that real servers and mail programs add, also those that machines have too. None of them may be kept out of
the queue. Then the time of one mail, and malformed ones by the rules of `tests/post/channels/email/test_malformed.py`.
"""

import argparse
import json
import mailbox
import sys
import time
from email.message import EmailMessage
from email.policy import SMTP
from statistics import median
from typing import Any

from hypothesis import given

from benchmarks.answering import SHARED
from benchmarks.figures import Figure, command, figures_out, table
from courtesy.post.channels.email.parsing import page, parse
from courtesy.science.folding import fold
from tests.post.channels.email import test_malformed as broken

DATA = SHARED / "data" / "shop-fern"
SHOP = "hello@fernandfjord.example"
OURS = (SHOP, "form@fernandfjord.example")

COMPANY: dict[str, dict[str, str]] = {
    "plain": {},
    "marked bulk": {"Precedence": "bulk"},
    "no automatic answers, please": {"X-Auto-Response-Suppress": "OOF, AutoReply"},
    "by a customer system": {"List-Unsubscribe": "<https://crm.example/u/1>", "X-Mailer": "CRM 7"},
    "through our address as a group": {
        "List-ID": "<hello.fernandfjord.example>",
        "List-Post": "<mailto:hello@fernandfjord.example>",
        "List-Unsubscribe": "<mailto:manage+1@fernandfjord.example>",
        "Precedence": "list",
    },
    "answers us by a list": {"List-Id": "<all.post.example>", "In-Reply-To": "<a1@fernandfjord.example>"},
    "without a return path": {"Return-Path": "<>"},
    "answers us by a ticket system": {"Auto-Submitted": "auto-generated", "In-Reply-To": "<a1@fernandfjord.example>"},
}


def mail(row: dict[str, Any], company: dict[str, str]) -> bytes:
    """One customer's text as a mail."""
    made = EmailMessage(policy=SMTP)
    for name, value in company.items():
        made[name] = value
    made["From"] = row["from"]
    made["To"] = SHOP
    answers = "In-Reply-To" in company and not row["subject"].lower().startswith("re:")
    made["Subject"] = f"Re: {row['subject']}" if answers else row["subject"]
    made["Message-ID"] = f"<{row['id']}@post.example>"
    made.set_content(row["body"])
    return made.as_bytes()


def kept_apart(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Why those of these mails are kept apart that are, by their company."""
    return {
        name: [found.apart for row in rows if (found := parse(mail(row, company), ours=OURS).mail) and found.apart]
        for name, company in COMPANY.items()
    }


def run(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The tables and the figures."""
    rows = [json.loads(line) for line in (DATA / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    people = [row for row in rows if row["gold"]["kind"] == "customer"]
    by_company = kept_apart(people)
    past = [message.as_bytes() for message in mailbox.mbox(DATA / "mail.mbox")]
    figures = [
        Figure(f"customers kept apart, of {len(people)}: {name}", len(why), "mails", at_most=0)
        for name, why in by_company.items()
    ]
    figures.append(
        Figure(
            f"of {len(past)} past mails of customers and the shop kept apart",
            sum(1 for raw in past if (one := parse(raw, ours=OURS).mail) and one.apart),
            "mails",
            at_most=0,
        )
    )
    figures += [_time(past), *_malformed(options.malformed)]
    machines = [row for row in rows if row["gold"]["kind"] == "auto_reply"]
    said = [parse(mail(row, {}), ours=OURS).mail for row in machines]
    by_subject = sum(1 for one in said if one and one.apart == "automatic")
    note = f"Of {len(machines)} automatic replies without any header of one, {by_subject} is known by its subject."
    return f"{table(figures)}\n\n{note}", figures_out(figures)


def _time(raws: list[bytes]) -> Figure:
    spent = []
    for raw in raws:
        began = time.process_time()
        incoming = parse(raw, ours=OURS)
        page(raw)
        fold(incoming.body)
        spent.append(time.process_time() - began)
    return Figure("reading, drawing and folding one mail, median", round(1000 * median(spent), 3), "CPU ms")


def _malformed(number: int) -> list[Figure]:
    began, seen = time.process_time(), [0]

    @broken._settings(number)
    @given(broken.malformed())
    def each(raw: bytes) -> None:
        seen[0] += 1
        broken._holds(raw)

    each()
    seconds = round(time.process_time() - began, 1)
    return [
        Figure("malformed mails that were neither a message nor unreadable", 0, f"of {seen[0]}", at_most=0),
        Figure("making and reading them", seconds, "CPU s"),
    ]


if __name__ == "__main__":
    if not DATA.exists():
        print(f"No data at {DATA.name}.")
        if "--json" in sys.argv:
            print(json.dumps({"benchmark": "mail_reading", "ok": None, "why": "no data"}))
        raise SystemExit(0)
    raise SystemExit(command("mail_reading", run, malformed=10_000))
