"""One object for each word that an address can ask for, so that every door can be tried with something behind it.

A new address with a new word fails with the word's name; it gets a line in `MADE_BY` then.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.utils.timezone import now

from courtesy.conversations.actions import asking, merge
from courtesy.conversations.models import Bringing, Message, Promise
from courtesy.desk.lifecycle import actions as lifecycle
from courtesy.desk.lifecycle.models import Replay, Replayed, Suggestion, Voucher
from courtesy.desk.promises import actions as promises
from courtesy.jobs.models import Job
from courtesy.knowledge.actions.saved_replies import save_reply
from courtesy.knowledge.models import Article, EarlierAnswer, EarlierPassage
from courtesy.people import notes
from courtesy.people.models import Person
from courtesy.post import arrivals, mailboxes, trying
from courtesy.post.models import Outgoing
from courtesy.privacy import keys
from courtesy.records.actions import handing_in
from courtesy.staff import actions as staff
from courtesy.staff.models import Colleague, Invitation, Role
from tests.desk import street
from tests.desk.inbox import mails

GIVEN = mailboxes.Given(
    address="hello@marigold.example", user="hello@marigold.example", secret="a word", imap_host="imap.marigold.example"
)


class NoSample(LookupError):
    """An address asks for a word of which nobody made a sample."""


@dataclass
class Street:
    """The shop in which the doors are tried; what is asked for is made then."""

    owner: Colleague
    colleague: Colleague
    customer: Person
    made: dict[str, object] = field(default_factory=dict)

    def value(self, word: str) -> object:
        """The sample for this word of an address. Raises NoSample."""
        if word not in MADE_BY:
            raise NoSample(f"An address asks for <{word}>: add a sample to MADE_BY in tests/contracts/samples.py.")
        if word not in self.made:
            self.made[word] = MADE_BY[word](self)
        return self.made[word]

    @cached_property
    def article(self) -> Article:
        """What only colleagues read."""
        return street.article(audience="internal")

    @cached_property
    def message(self) -> Message:
        """A question that waits."""
        return street.writes(self.customer, at=now())

    @cached_property
    def mail(self) -> Message:
        """A formatted mail with a file, in a thread of its own."""
        file = ("plan.txt", "text/plain", b"a plan")
        return mails.comes(mails.mail("See the plan.", html="<p>See the plan.</p>", files=(file,), subject="A plan"))

    @cached_property
    def draft(self) -> Suggestion:
        """The machine's draft of an answer to it."""
        return street.drafted(self.message, street.article("Washing clay", "Hot water only."), at=now())

    @cached_property
    def decision(self) -> int:
        """An answer that a colleague let out a moment ago, in a thread of its own."""
        thread = street.writes(self.customer, "And how do I repot it?", at=now()).thread
        sent = lifecycle.send_reply(
            thread.pk, words="In spring, in fresh soil.", by=self.colleague, at=now(), seen=thread.last_event
        )
        return sent.pk

    @cached_property
    def belief(self) -> int:
        """What the machine thinks the question is about."""
        return lifecycle.file_belief(
            message_id=self.message.pk, kind="topic", value="care", reasons=["wash"], score=0.8, model="test", at=now()
        ).pk

    @cached_property
    def invitation(self) -> Invitation:
        """A link that is out."""
        staff.invite(role=Role.VIEWER, called="Gita", by=self.owner, at=now())
        return Invitation.objects.get(called="Gita")

    @cached_property
    def mailbox(self) -> object:
        """An address of the shop, on a server that nobody calls here."""
        return mailboxes.connect(given=GIVEN, by=self.owner, at=now()).pk

    @cached_property
    def arrival(self) -> object:
        """What came in and cannot be read."""
        arrival = arrivals.keep(channel="form", channel_id="poison", raw=b"\xff\x00", at=now())
        arrivals.set_aside(arrival.pk, problem="Unreadable", at=now())
        return arrival.pk


MADE_BY: dict[str, Callable[[Street], object]] = {
    "thread_id": lambda here: here.message.thread_id,
    "message_id": lambda here: here.mail.pk,
    "attachment_id": lambda here: here.mail.attachments.get().pk,
    "group": lambda here: str(_merged(here)),
    "reply_id": lambda here: save_reply(None, name="Hours", words="Ten to six.", by=here.colleague, at=now()).pk,
    "suggestion_id": lambda here: here.draft.pk,
    "belief_id": lambda here: here.belief,
    "decision_id": lambda here: here.decision,
    "outgoing_id": lambda here: Outgoing.objects.get(decision_id=here.decision).pk,
    "arrival_id": lambda here: here.arrival,
    "mailbox_id": lambda here: here.mailbox,
    "trial_id": lambda here: trying.try_out(given=GIVEN, sends_one=False, by=here.owner, at=now()).pk,
    "promise_id": lambda here: _promised(here).pk,
    "pair_id": lambda here: _replayed(here).pk,
    "passage_id": lambda here: _learned(here).pk,
    "voucher_id": lambda here: _vouched(here).pk,
    "job_id": lambda here: _set_aside().pk,
    "slug": lambda here: here.article.slug,
    "number": lambda here: here.article.versions.get().number,
    "colleague_id": lambda here: here.colleague.pk,
    "invitation_id": lambda here: here.invitation.pk,
    "person_id": lambda here: here.customer.pk,
    "note_id": lambda here: notes.write(here.customer, words="Has a puppy.", by=here.colleague, at=now()).pk,
    "bringing_id": lambda here: _asked_about(here).pk,
    "handed_in": lambda here: handing_in.hand_in(uuid4(), **_a_file(here)).pk,
    "token": lambda here: "no-token-of-ours",
    "mark": lambda here: "no-sign-in-of-ours",
    "pk": lambda here: 1,  # a passkey's number; before anything of it is shown, one is asked who one is again
}

# What a form must hold so that its page finds anything at all.
POSTED: dict[str, dict[str, str]] = {"dismissal": {"why": "wrong"}, "replay_mark": {"verdict": "same"}}


def _asked_about(here: Street) -> Bringing:
    """An import of letters that waits for its owner's word."""
    row = asking.ask_about_mailbox(here.mailbox, months=1, by=here.owner, at=now())
    Bringing.objects.filter(pk=row.pk).update(state=Bringing.State.ASKED)
    return row


def _a_file(here: Street) -> dict[str, Any]:
    """A file of orders that waits to be looked through."""
    said = {"store": "Web shop", "preset": "", "currency": "EUR"}
    return {"key_id": keys.new(at=now()), "by": here.owner, "at": now()} | said


def _merged(here: Street) -> object:
    """Two threads that became one."""
    other = street.writes(here.customer, "And how do I water it?", at=now()).thread_id
    return merge([other], into=here.message.thread_id, by=here.colleague, at=now())


def _promised(here: Street) -> Promise:
    """What a colleague said the shop would do."""
    return promises.give(here.message.thread_id, words="Call her", due_on=date(2099, 1, 1), by=here.colleague, at=now())


def _replayed(here: Street) -> Replayed:
    """A past question that was drafted once more."""
    replay = Replay.objects.create(by=here.colleague, at=now(), ended_at=now(), total=1)
    answer = Message.objects.get(decision_id=here.decision)
    return Replayed.objects.create(replay=replay, place=1, question=here.message, answer=answer)


def _learned(here: Street) -> EarlierPassage:
    """A sentence of an answer that waits for somebody to vouch for it."""
    answer = EarlierAnswer.objects.create(
        message_id=Message.objects.get(decision_id=here.decision).pk, encoder="test", at=now()
    )
    return EarlierPassage.objects.create(answer=answer, start=0, end=6, vector=b"", standing="waits")


def _vouched(here: Street) -> Voucher:
    """A colleague's word for a sentence."""
    answer = Message.objects.get(decision_id=here.decision)
    return Voucher.objects.create(message=answer, start=0, end=6, by=here.colleague, at=now())


def _set_aside() -> Job:
    """A job that failed five times."""
    return Job.objects.create(
        name="arrived",
        handler="courtesy.conversations.actions.take_in",
        ids={},
        not_before=now(),
        created_at=now(),
        set_aside_at=now(),
        error="ValueError",
    )
