"""The sample's past is brought in behind the front, by the doors of a real shop's, and goes again half-way or whole."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from courtesy.config.sample import clearing, families, reading
from courtesy.config.sample import past as bringing
from courtesy.config.sample import shop as sample
from courtesy.config.sample.coming import Coming, coming
from courtesy.config.sample.generating.whole import past
from courtesy.consent.models import Entry
from courtesy.consent.purposes import Answer
from courtesy.conversations import actions as conversations
from courtesy.conversations.actions.carrying_on import carry_on
from courtesy.conversations.models import Attachment, Bringing, Message, Promise, Thread
from courtesy.desk.promises.past import look_back
from courtesy.jobs.models import Job
from courtesy.jobs.working import resolved
from courtesy.knowledge.models import Article, SavedReply
from courtesy.people.actions import meet
from courtesy.people.models import Person
from courtesy.post.models import Arrival
from courtesy.privacy import keys
from courtesy.privacy.models import Key
from courtesy.records.actions import handing_in
from courtesy.records.models import Delivery, HandedIn, Import, Line, Order, Product, Refund, Store
from courtesy.staff.hours import Hours
from courtesy.staff.models import Colleague
from courtesy.staff.queries import shop
from tests.cast import NOON
from tests.scene import standing

pytestmark = pytest.mark.django_db(databases="__all__")
SMALL = 0.02
STEPS = [name.rpartition(".")[2] for name in settings.HANDLERS["sample-opened"]]


def work(*steps: str) -> None:
    """What the worker does for these steps of the past."""
    for job in Job.objects.filter(name="sample-opened").order_by("pk"):
        if job.handler.rpartition(".")[2] in steps:
            getattr(bringing, job.handler.rpartition(".")[2])(**job.ids, at=NOON)
            job.delete()


def take_in() -> None:
    for job in Job.objects.filter(name="sample-asked"):
        bringing.let_them_ask(**job.ids, at=NOON)
        job.delete()
    for job in Job.objects.filter(name="arrived"):
        conversations.take_in(**job.ids, at=NOON)
        job.delete()


def everything_of_it() -> list[type]:
    return [Thread, Message, Person, Entry, Arrival, Bringing, Order, Line, Refund, Delivery, Product, Import, Store]


@pytest.fixture(scope="class")
def opened(django_db_setup, django_db_blocker):
    """Open, with a fiftieth of its past asked for."""
    with standing(django_db_blocker):
        yield sample.open_sample(at=NOON, scale=SMALL)


@pytest.fixture(scope="class")
def brought(django_db_setup, django_db_blocker):
    """Open, with a fiftieth of its past brought in; once for all tests of a class."""
    with standing(django_db_blocker):
        sample.open_sample(at=NOON, scale=SMALL)
        work(*STEPS)
        take_in()
        carry_on(at=NOON)
        yield past(NOON, SMALL)


class TestTheFront:
    def test_is_there_at_once_and_the_past_waits(self, opened):
        assert opened == sample.Opened(articles=12, customers=20, threads=30)
        assert Job.objects.filter(name="sample-opened", patient=True).count() == len(STEPS)
        assert not Order.objects.exists()

    def test_is_as_a_working_day_leaves_it(self, opened):
        given = Thread.objects.get(subject="Tracking says delivered")

        assert given.assignee is not None
        assert [one.tag.name for one in given.taggings.all()] == ["parcel"]
        assert Thread.objects.get(subject="A wish").state == Thread.State.SNOOZED
        assert Promise.objects.filter(state=Promise.State.OPEN).count() == 1
        assert SavedReply.objects.count() == 5

    def test_has_kept_what_it_promised(self, opened):
        kept = Promise.objects.filter(state=Promise.State.KEPT)

        assert {one.message.thread.subject for one in kept} == {"Broken on arrival", "Grinding for a moka pot"}
        assert all(one.words in one.message.body for one in kept)
        assert all(one.message.at < one.ended_at < NOON for one in kept)

    def test_has_the_hours_that_its_article_says(self, opened):
        hours = Hours.of(shop())

        assert hours.is_open(NOON.replace(hour=10))  # a Tuesday
        assert not hours.is_open(NOON.replace(hour=9))
        assert not hours.is_open(NOON - timedelta(days=1))
        assert shop().first_reply_within == 120


class TestThePast:
    def test_is_all_there(self, brought):
        letters = brought.letters()
        stored = Message.objects.exclude(bringing_id=None)

        assert stored.count() == len(letters)
        assert Order.objects.count() > len(brought.orders)  # those of the front's people too
        assert Refund.objects.count() == 1 + sum(one.refund is not None for one in brought.orders)
        assert Product.objects.exclude(cost=None).count() == Product.objects.count() > 25
        assert Article.objects.count() == 60
        assert Attachment.objects.count() == sum(one.attachment is not None for one in letters)

    def test_is_history_and_nobody_is_told(self, brought):
        threads = Thread.objects.filter(messages__bringing_id__isnull=False).distinct()

        assert {thread.state for thread in threads} == {"resolved"}
        stored = set(Message.objects.exclude(bringing_id=None).values_list("pk", flat=True))
        assert not {job.ids["message_id"] for job in Job.objects.filter(name="message-stored")} & stored

    def test_asks_about_no_promise_whose_day_is_over(self, brought):
        for job in Job.objects.filter(name="letters-brought"):
            look_back(**job.ids, at=NOON)
        past_ones = Promise.objects.exclude(message__bringing_id=None)

        assert {one.state for one in past_ones} <= {"offered"}
        assert all(one.due_on >= NOON.date() for one in past_ones)

    def test_names_who_answered(self, brought):
        answers = Message.objects.exclude(bringing_id=None).filter(kind="out")

        assert {one.colleague.called for one in answers.select_related("colleague")} == {"Ada", "Ben", "Noor"}

    def test_keeps_newsletters_machines_and_spam_apart(self, brought):
        assert Thread.objects.exclude(apart="").count() == len(brought.nobodys)
        assert set(Thread.objects.exclude(apart="").values_list("apart", flat=True)) == {
            "list", "no-reply", "automatic", "spam",
        }  # fmt: skip

    def test_leaves_alive_who_waits_for_a_parcel(self, brought):
        alive = {told.letters[0].subject for told in brought.alive}
        waiting = Thread.objects.filter(state="open", subject__in=alive)

        assert waiting.count() == len(brought.alive)
        for thread in waiting.select_related("person"):
            last = Order.objects.filter(person=thread.person).order_by("-placed_at").first()
            assert last is not None
            parcel = last.deliveries.get()
            assert parcel.arrived_at is None
            assert parcel.promised_on < NOON.date()

    def test_wrote_all_kinds_of_permission_down(self, brought):
        said = Entry.objects.exclude(purpose="service")
        wanted = sum(len(who.said) for who in brought.customers)

        assert said.filter(where__in=["the contact form", "the counter", "the phone", "a mail"]).count() >= wanted
        assert set(said.values_list("answer", flat=True)) == set(Answer)

    def test_tells_its_family_nowhere_but_by_who_wrote(self, brought):
        known = {families.of(handle.value) for person in Person.objects.all() for handle in person.handles.all()}

        assert known == {"a", "b", ""}

    def test_twice_is_once(self, brought):
        before = [model.objects.count() for model in everything_of_it()]
        for step in STEPS:
            getattr(bringing, step)(opened=NOON.isoformat(), scale=str(SMALL), at=NOON)
        carry_on(at=NOON)

        assert [model.objects.count() for model in everything_of_it()] == before

    def test_sends_nothing_and_lets_nobody_in(self, brought):
        assert not shop().may_send
        assert not Colleague.objects.here().exists()
        assert set(resolved()) >= set(settings.HANDLERS["sample-opened"])


class TestTheLineAboveThePage:
    def test_tells_how_far_it_is(self, opened, signed_in, ada):
        assert coming() == Coming(0, 0), "its orders come first"
        assert "Its past is being brought in." in signed_in(ada).get("/").content.decode()

        work("bring_orders", "bring_letters")
        letters = len(past(NOON, SMALL).letters())
        assert coming() == Coming(0, letters)
        assert f"0 of {letters:,} letters" in signed_in(ada).get("/").content.decode()

        carry_on(at=NOON)
        assert coming() is None
        assert "Its past" not in signed_in(ada).get("/").content.decode()

    def test_asks_anew_by_itself_while_it_comes_and_then_rests(self, opened, signed_in, ada):
        window = signed_in(ada)
        page = window.get("/sample/past").content.decode()
        assert 'hx-get="/sample/past?fresh=1"' in page
        assert 'data-live="bringing"' in page

        work("bring_orders", "bring_letters")
        carry_on(at=NOON)
        page = window.get("/sample/past").content.decode()
        assert "Its past is here." in page
        assert "hx-get" not in page

    def test_stands_above_no_page_of_a_real_shop(self, opened, signed_in, ada):
        window = signed_in(ada)
        clearing.start_own_shop(by=ada, at=NOON)

        assert window.get("/sample/past").status_code == 404


class TestClearingItAway:
    @pytest.mark.parametrize(
        "steps",
        [[], ["bring_orders"], ["bring_orders", "bring_letters"], STEPS],
        ids=["not begun", "orders in", "letters asked for", "all but the letters"],
    )
    def test_leaves_nothing_of_a_past_that_is_half_in(self, opened, ada, steps):
        lying = set((settings.COURTESY.data_dir / "waiting").glob("*"))  # other tests of this run left some
        work(*steps)
        clearing.start_own_shop(by=ada, at=NOON)
        work(*STEPS)
        carry_on(at=NOON)

        for model in everything_of_it():
            assert not model.objects.exists(), model
        assert not Article.objects.exists()
        assert not SavedReply.objects.exists()
        assert set((settings.COURTESY.data_dir / "waiting").glob("*")) <= lying

    def test_leaves_nothing_of_the_whole_either_and_destroys_the_keys(self, brought, ada):
        clearing.start_own_shop(by=ada, at=NOON)

        for model in everything_of_it():
            assert not model.objects.exists(), model
        living = Key.objects.filter(destroyed_at=None).exclude(holder=None)
        assert {key.holder for key in living} == {ada.pk}

    def test_sweeps_up_who_was_being_met_in_that_moment_and_nobody_else(self, brought, ada, dora):
        clearing.start_own_shop(by=ada, at=NOON)
        meet(address=past(NOON, SMALL).customers[0].address, name="Late", at=NOON)
        real = meet(address="somebody@village.example", name="Somebody", at=NOON)
        (job,) = Job.objects.filter(name="sample-ended")
        bringing.sweep(**job.ids, at=NOON)

        assert set(Person.objects.values_list("pk", flat=True)) <= {real.pk, dora.pk}
        assert Person.objects.filter(pk=real.pk).exists()

    def test_leaves_no_file_of_orders_that_a_newcomer_tried(self, opened, ada):
        number = uuid4()
        row = handing_in.hand_in(
            number, key_id=keys.new(holder=number, at=NOON), store="A", preset="", currency="EUR", by=ada, at=NOON
        )
        clearing.start_own_shop(by=ada, at=NOON)

        assert not HandedIn.objects.exists()
        assert not Job.objects.filter(name="orders-handed-in").exists()
        assert not Key.objects.alive().filter(pk=row.key_id).exists()

    def test_keeps_a_saved_reply_that_a_colleague_made_their_own(self, opened, ada):
        SavedReply.objects.filter(name="Return label").update(changed_by=ada)
        clearing.start_own_shop(by=ada, at=NOON)

        assert [one.name for one in SavedReply.objects.all()] == ["Return label"]


class TestWithoutAPast:
    def test_it_is_as_small_as_it_was(self, db):
        sample.open_sample(at=NOON)

        assert not Job.objects.filter(name="sample-opened").exists()
        assert shop().opening_hours == {}
        assert set(Article.objects.values_list("slug", flat=True)) == set(reading.front_slugs())
