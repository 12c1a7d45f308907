"""Letters of the past come in as history: paired, told to nobody, once whatever happens, and out again whole."""

import random
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.consent.models import Entry
from courtesy.conversations import actions, threading
from courtesy.conversations.actions import history, taking_out
from courtesy.conversations.actions.history import NoLongerWanted, NotABasis
from courtesy.conversations.models import Attachment, Bringing, Envelope, Event, Message, Reference, Thread
from courtesy.conversations.queries import baseline, counts, unanswered
from courtesy.conversations.queries.pairs import pairs
from courtesy.desk import first_reply
from courtesy.jobs.models import Job
from courtesy.people.models import Handle, Person
from courtesy.post.models import Arrival, Mailbox
from courtesy.post.past.letters import PastLetter, Unreadable, Why
from courtesy.post.past.mbox import on_its_way
from courtesy.post.past.source import look
from courtesy.privacy.models import Key
from courtesy.staff import queries as staff
from courtesy.staff.hours import Hours
from tests.cast import NOON
from tests.conversations.mails import came, comes, mailbox
from tests.conversations.past import BEGIN, US, conversations, mail
from tests.shared_data import data_set, needs

pytestmark = pytest.mark.django_db(databases="__all__")
SINCE = date(2025, 3, 3)
FERN = data_set("shop-fern")
NO_FERN = needs("shop-fern")
HOUR = timedelta(hours=1)


def letters(*raws: bytes) -> list[PastLetter]:
    return [PastLetter(place, on_its_way(raw)) for place, raw in enumerate(raws, start=1)]


def brings(*raws: bytes, ours=(US,), **how):
    """Bring these mails in; how it went."""
    given = {"basis": "contract", "since": SINCE, "by": None, "at": NOON} | how
    return history.bring(letters(*raws), ours=ours, **given)


def some(count: int = 3) -> list[bytes]:
    return [raw for _at, raw in conversations(count)]


def whole() -> dict[str, list]:
    """Everything that an import writes, without numbers and random names."""
    return {
        "messages": sorted(Message.objects.values_list("kind", "body", "at", "thread__subject", "thread__state")),
        "threads": sorted(Thread.objects.values_list("subject", "last_message_at", "created_at", "first_replied_at")),
        "raw": sorted(Arrival.objects.values_list("channel", "channel_id", "state")),
        "people": sorted(bytes(one) for one in Handle.objects.values_list("value_index", flat=True)),
        "references": sorted(bytes(one) for one in Reference.objects.values_list("mail_id_index", flat=True)),
        "register": sorted(Entry.objects.values_list("purpose", "where", "words")),
    }


@NO_FERN
@pytest.mark.parametrize("name", ["mail.mbox", "sent.jsonl"])
class TestTheSampleShopFern:
    def test_all_130_answers_find_their_question(self, name):
        brought = history.bring(
            look(FERN / name).letters(), ours=["hello@fernandfjord.example"], basis="contract", since=SINCE, by=None,
            at=NOON,
        )  # fmt: skip

        assert (brought.counts.questions, brought.counts.answers, brought.counts.bad) == (130, 130, 0)
        assert len(pairs()) == 130
        assert Thread.objects.count() == 130


class TestBring:
    def test_stores_questions_and_answers_resolved(self):
        counts_ = brings(*some(3)).counts

        assert (counts_.questions, counts_.answers, counts_.threads, counts_.people) == (3, 3, 3, 3)
        assert set(Thread.objects.values_list("state", "apart", "first_reply_due_at")) == {("resolved", "", None)}
        assert [message.kind for message in Message.objects.filter(thread=Thread.objects.first())] == ["in", "out"]

    def test_tells_nobody_and_asks_for_no_draft(self):
        brings(*some(3))

        assert not Job.objects.exists()
        assert not Event.objects.exists()

    def test_nobody_waits_afterwards(self, ada):
        brings(mail("And now?", mail_id="<q@x>"))

        assert counts(ada).all == 0

    def test_the_same_again_changes_nothing(self):
        brings(*some(3))
        before = whole()

        again = brings(*some(3), at=NOON + HOUR).counts

        assert (again.new, again.known) == (0, 6)
        assert whole() == before

    @pytest.mark.parametrize("begin", [1, 3, 5])
    def test_a_part_and_then_all_gives_the_same_end(self, begin):
        mails = some(4)
        brings(*mails[begin:])
        brings(*mails, at=NOON + HOUR)
        parted = whole()
        for row in Bringing.objects.all():
            taking_out.undo(row.pk, by=None, at=NOON)

        brings(*mails, at=NOON + HOUR)

        assert whole() | {"register": []} == parted | {"register": []}

    def test_answers_that_come_before_their_questions_find_them(self):
        asked, answered = mail(mail_id="<q@x>"), _answer("<a@x>", ["<q@x>"])
        brings(answered)
        brings(asked, at=NOON + HOUR)

        assert Thread.objects.filter(merged_into=None).count() == 1
        assert len(pairs()) == 1

    def test_a_row_of_the_register_says_basis_and_since_for_each(self):
        brings(*some(2), basis="legitimate interest")

        assert set(Entry.objects.values_list("purpose", "where", "words")) == {
            (
                "service", "the letters brought in on 2026-11-24",
                "Held on the basis of legitimate interest since 2025-03-03, as the shop said.",
            )
        }  # fmt: skip
        assert Entry.objects.count() == 2

    def test_refuses_to_begin_without_a_basis(self):
        with pytest.raises(NotABasis):
            brings(*some(1), basis="because")
        assert not Person.objects.exists()

    def test_keeps_newsletters_machines_and_bounces_apart(self):
        brings(
            mail(
                "News!",
                sender="News <news@list.example>",
                List_Unsubscribe="<https://list.example/u>",
                Precedence="bulk",
                mail_id="<n@x>",
            ),
            mail("I am away", Auto_Submitted="auto-replied", mail_id="<v@x>"),
        )

        assert set(Thread.objects.values_list("apart", "state")) == {("list", "resolved"), ("automatic", "resolved")}
        assert pairs() == []

    def test_leaves_out_mail_among_ourselves(self):
        counts_ = brings(mail("The till again", sender=US, to=US)).counts

        assert (counts_.among_ourselves, counts_.new) == (1, 0)
        assert not Arrival.objects.exists()

    def test_an_answer_is_the_colleagues_whose_address_it_came_from(self, ben):
        ben.address = "ben@fern.example"
        ben.save()
        brings(mail(mail_id="<q@x>"), _answer("<a@x>", ["<q@x>"], sender="ben@fern.example"), ours=(US,))

        assert Message.objects.get(kind="out").colleague == ben

    def test_an_answer_of_nobody_known_is_somebody_here(self, ben):
        brings(mail(mail_id="<q@x>"), _answer("<a@x>", ["<q@x>"]))

        assert Message.objects.get(kind="out").colleague is None

    def test_sets_aside_what_cannot_be_read_and_goes_on(self):
        problems = []
        large = Unreadable(2, Why.TOO_LARGE, b"From: a@b.example\r\n")
        given_ = [*letters(b"no mail at all\r\n\r\nx"), large, Unreadable(3, Why.NOT_JSON)]
        brought = history.bring(
            [*given_, *letters(*some(1))], ours=[US], basis="contract", since=SINCE, by=None, at=NOON,
            report=problems.append,
        )  # fmt: skip

        assert [(one.place, one.why) for one in problems] == [(1, "no sender"), (2, "too large"), (3, "not json")]
        assert (brought.counts.bad, brought.counts.questions) == (3, 1)
        assert Arrival.objects.filter(state="set aside").count() == 2

    def test_what_was_set_aside_and_is_read_again_is_still_history(self):
        row = history.begin(kind="mbox", basis="contract", since=SINCE, by=None, at=NOON, ours=[US])
        history._set_aside([Unreadable(1, Why.STUMBLED, on_its_way(mail(mail_id="<q@x>")))], bringing=row, mailbox=None)
        arrival = Arrival.objects.get()
        Arrival.objects.update(state="new")

        actions.take_in(arrival_id=arrival.pk, at=NOON)

        assert Message.objects.get().bringing_id == row.pk
        assert Thread.objects.get().state == "resolved"
        assert not Job.objects.exists()

    def test_stops_where_it_is_not_wanted_any_more(self):
        def stop(_counts) -> None:
            taking_out.ask(Bringing.objects.get().pk, by=None, at=NOON)

        with pytest.raises(NoLongerWanted):
            brings(*some(2), progress=stop)

    def test_a_file_that_was_killed_half_way_is_gone_on_with(self, monkeypatch):
        monkeypatch.setattr(history, "AT_ONCE", 2)
        with monkeypatch.context() as broken:
            broken.setattr(history, "_note", _fails_after(2, history._note))
            with pytest.raises(ZeroDivisionError):
                brings(*some(4), digest=b"x" * 32)
        brought = brings(*some(4), digest=b"x" * 32, at=NOON + HOUR)

        assert Bringing.objects.count() == 1
        assert (brought.counts.questions, brought.counts.answers, brought.counts.known) == (4, 4, 0)
        assert Message.objects.count() == 8

    def test_a_handful_costs_as_many_questions_as_a_larger_one(self, django_assert_max_num_queries):
        brings(*some(1))
        with django_assert_max_num_queries(60):
            brings(*some(40), at=NOON + HOUR)

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.randoms(use_true_random=False), st.integers(1, 7))
    def test_threads_are_the_same_whatever_is_read_together(self, chance: random.Random, at_once: int):
        """The many at once are put where each alone would be, in whatever order and handfuls."""
        mails = _tangle(chance)
        by_one, by_many = _threads_of(mails, at_once=1), _threads_of(chance.sample(mails, len(mails)), at_once=at_once)

        assert by_one == by_many


class TestALiveMailAfterwards:
    @pytest.fixture(autouse=True)
    def shop(self, db) -> Mailbox:
        return mailbox()

    def test_goes_on_in_the_thread_of_the_past(self):
        brings(*some(1))
        raw = _goes_on("One more thing.")

        came(raw, at=NOON, mailbox=Mailbox.objects.get())

        assert Thread.objects.count() == 1
        assert Thread.objects.get().state == "open"
        assert [message.body for message in unanswered(Thread.objects.get().pk)] == ["One more thing."]

    def test_gets_no_target_for_a_first_answer_there(self):
        brings(*some(1))
        raw = _goes_on("One more thing.")
        came(raw, at=NOON, mailbox=Mailbox.objects.get())

        first_reply.begin(message_id=Message.objects.latest("pk").pk, at=NOON)

        assert Thread.objects.get().first_reply_due_at is None

    def test_that_was_brought_in_before_is_not_a_second_message(self):
        raw = mail(mail_id="<q@x>")
        brings(raw)

        comes(raw + b"\r\n", at=NOON, mailbox=Mailbox.objects.get())

        assert Message.objects.count() == 1

    def test_that_is_here_already_is_not_brought_in(self):
        raw = mail(mail_id="<q@x>")
        came(raw, at=NOON, mailbox=Mailbox.objects.get())

        assert brings(raw + b"\r\n").counts.known == 1
        assert Message.objects.count() == 1


class TestUndo:
    def test_leaves_nothing_of_it(self):
        keys_before = set(Key.objects.filter(destroyed_at=None).values_list("pk", flat=True))
        brought = brings(*some(3))

        gone = taking_out.undo(brought.bringing_id, by=None, at=NOON)

        assert (gone.letters, gone.threads, gone.people) == (6, 3, 3)
        for model in (Message, Thread, Arrival, Envelope, Attachment, Reference, Person, Handle, Entry):
            assert not model.objects.exists(), model
        left = set(Key.objects.filter(destroyed_at=None).values_list("pk", flat=True)) - keys_before
        assert left == {Bringing.objects.get().key_id}

    def test_leaves_what_came_otherwise(self, dora):
        mailbox()
        came(
            mail("Live.", sender="kim1@post.example", mail_id="<l@x>", at=NOON), at=NOON, mailbox=Mailbox.objects.get()
        )
        live = Message.objects.get()
        brought = brings(*some(3))

        gone = taking_out.undo(brought.bringing_id, by=None, at=NOON)

        assert list(Message.objects.all()) == [live]
        assert gone.people == 2
        assert Person.objects.filter(pk__in=[dora.pk, live.person_id]).count() == 2
        assert bytes(Arrival.objects.get().raw)

    def test_leaves_a_thread_that_went_on(self):
        mailbox()
        brought = brings(*some(1))
        raw = _goes_on("More.")
        came(raw, at=NOON, mailbox=Mailbox.objects.get())

        taking_out.undo(brought.bringing_id, by=None, at=NOON)

        assert [message.body for message in Thread.objects.get().messages.all()] == ["More."]
        assert Message.objects.get().envelope.sender == "kim0@post.example"

    def test_twice_is_refused(self):
        brought = brings(*some(1))
        taking_out.undo(brought.bringing_id, by=None, at=NOON)

        with pytest.raises(taking_out.NothingToUndo):
            taking_out.undo(brought.bringing_id, by=None, at=NOON)

    def test_one_that_was_killed_half_way_is_begun_again(self, monkeypatch):
        brought = brings(*some(4))
        monkeypatch.setattr(taking_out, "AT_ONCE", 3)
        with monkeypatch.context() as broken:
            broken.setattr(taking_out, "_destroy_keys", lambda *_args, **_kw: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                taking_out.undo(brought.bringing_id, by=None, at=NOON)

        taking_out.undo(brought.bringing_id, by=None, at=NOON)

        assert not Message.objects.exists()
        assert not Person.objects.exists()


class TestPairs:
    def test_several_questions_before_an_answer_are_one_pair(self):
        brings(
            mail("One", mail_id="<q1@x>"),
            mail("Two", mail_id="<q2@x>", answers=["<q1@x>"], at=BEGIN + HOUR),
            _answer("<a@x>", ["<q1@x>", "<q2@x>"], at=BEGIN + 3 * HOUR),
            _answer("<b@x>", ["<q1@x>", "<q2@x>"], at=BEGIN + 4 * HOUR, words="And this."),
        )

        assert [(pair.question.body, pair.answer.body, pair.waited) for pair in pairs()] == [("One", "Yes.", 3 * HOUR)]

    @pytest.mark.parametrize("latest", [0, 1, 3, 50])
    def test_the_latest_are_the_newest_of_all(self, latest):
        brings(*some(12))

        assert [pair.answer.pk for pair in pairs(latest=latest)] == [pair.answer.pk for pair in pairs()][:latest]


class TestFirstReply:
    def test_says_nothing_of_too_few(self):
        brings(*some(baseline.LEAST - 1))

        waits = baseline.first_reply(hours=Hours())
        assert (waits.count, waits.by_clock) == (baseline.LEAST - 1, None)

    def test_tells_median_and_ninth_by_the_clock_and_by_hours(self):
        brings(*some(40))
        waits = sorted(pair.waited for pair in pairs())

        told = baseline.first_reply(hours=Hours.of(staff.shop()))

        assert told.count == 40
        assert (told.by_clock.median, told.by_clock.ninth) == (waits[19], waits[35])
        assert baseline.from_named(told.named) == told


def _goes_on(words):
    """The first customer of `conversations` answers our old answer."""
    sender, answered = "Kim <kim0@post.example>", "<a0@fern.example>"
    return mail(words, sender=sender, mail_id="<q9@post.example>", answers=[answered], at=NOON)


def _answer(mail_id, answers, *, sender=US, at=BEGIN + HOUR, words="Yes."):
    return mail(words, sender=sender, to="kim@post.example", at=at, mail_id=mail_id, answers=answers)


def _fails_after(times, real):
    left = [times]

    def note(*given_):
        left[0] -= 1
        return real(*given_) if left[0] >= 0 else 1 / 0

    return note


def _tangle(chance: random.Random) -> list[bytes]:
    """A few customers and the shop, writing to each other; some mails refer to others, some to ones that never come."""
    mails, names = [], ["<never@x>"]
    for number in range(chance.randint(3, 10)):
        who = f"kim{chance.randint(1, 3)}@post.example"
        sender, to = (US, who) if chance.random() < 0.4 else (who, US)
        name = f"<m{number}@x>"
        answers = chance.sample(names, min(len(names), chance.randint(0, 2)))
        mails.append(
            mail(f"No. {number}", sender=sender, to=to, at=BEGIN + number * HOUR, mail_id=name, answers=answers)
        )
        names.append(name)
    return mails


def _threads_of(mails: list[bytes], *, at_once: int) -> set[frozenset[str]]:
    """Which of them are in a thread together."""
    at = NOON + timedelta(microseconds=uuid4().int % 10**9)
    with pytest.MonkeyPatch.context() as fewer:
        fewer.setattr(history, "AT_ONCE", at_once)
        brought = brings(*mails, at=at)
    together: dict[int, set[str]] = {}
    for message in Message.objects.filter(bringing_id=brought.bringing_id).select_related("thread"):
        thread = threading.whole(message.thread)
        together.setdefault(thread.pk if thread else 0, set()).add(message.body)
    taking_out.undo(brought.bringing_id, by=None, at=at)
    return {frozenset(one) for one in together.values()}
