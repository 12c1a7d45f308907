"""The sample shop: opened in an empty house, alive, and gone without a trace when the real shop begins."""

import json
from datetime import date

import pytest

from courtesy.config.sample import clearing
from courtesy.config.sample import shop as sample
from courtesy.consent.models import Entry
from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Event, Message, Thread
from courtesy.desk.promises import actions as promises
from courtesy.jobs.models import Job
from courtesy.knowledge import actions as knowledge
from courtesy.knowledge.models import Article
from courtesy.knowledge.queries import edition
from courtesy.people.models import Handle, Person
from courtesy.post.models import Arrival, Outgoing
from courtesy.privacy.models import Key
from courtesy.staff.models import Colleague
from courtesy.staff.queries import shop
from tests.cast import NOON
from tests.scene import standing

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(scope="class")
def opened(django_db_setup, django_db_blocker):
    """The sample shop, opened once for all tests of a class."""
    with standing(django_db_blocker):
        yield sample.open_sample(at=NOON)


def everything_arrives():
    for job in Job.objects.filter(name="arrived"):
        conversations.take_in(**job.ids, at=NOON)
        job.delete()


class TestOpenSample:
    def test_fills_the_shop(self, opened):
        assert opened == sample.Opened(articles=12, customers=20, threads=30)
        assert (shop().name, shop().is_sample) == ("Marigold", True)
        assert Article.objects.count() == 12
        assert Thread.objects.count() == 22

    def test_lets_the_last_messages_come_in_by_the_real_way(self, opened):
        assert Arrival.objects.filter(state="new").count() == 8

        everything_arrives()

        assert Arrival.objects.exclude(state="taken in").count() == 0
        assert Thread.objects.count() == 30
        assert Person.objects.count() == 20
        assert Message.objects.filter(person_only=True).count() == 1

    def test_has_what_is_still_open_read_by_the_machine(self, opened):
        wanted = {job.ids["message_id"] for job in Job.objects.filter(name="message-stored")}
        read = Message.objects.filter(pk__in=wanted)

        assert {one.thread_id for one in read} == set(Thread.objects.filter(state="open").values_list("pk", flat=True))
        assert {one.kind for one in read} == {"in"}

    def test_tells_what_happened_in_each_thread(self, opened):
        for thread in Thread.objects.filter(state="resolved"):
            kinds = [event.kind for event in thread.events.order_by("pk")]
            assert kinds[0] == "arrived"
            assert kinds[-1] == "resolved"
            assert "answered" in kinds

    def test_twice_is_once(self, opened):
        before = (edition(), Message.objects.count(), Job.objects.count(), Key.objects.count())

        assert sample.open_sample(at=NOON) == opened
        assert (edition(), Message.objects.count(), Job.objects.count(), Key.objects.count()) == before

    def test_sends_nothing(self, opened):
        everything_arrives()

        assert not Outgoing.objects.exists()
        assert not shop().may_send

    def test_lets_nobody_in(self, opened):
        assert not Colleague.objects.here().exists()
        assert not any(one.has_usable_password() for one in Colleague.objects.all())


class TestInARealShop:
    def test_refuses_a_house_with_an_owner(self, ada):
        with pytest.raises(sample.NotASample):
            sample.open_sample(at=NOON)

    @pytest.mark.parametrize("real", ["a customer", "an article"])
    def test_refuses_a_house_with_anything_real(self, request, real):
        if real == "a customer":
            request.getfixturevalue("dora")
        else:
            knowledge.save_article(article=None, title="Ours", text="Words.", by=None, at=NOON)

        with pytest.raises(sample.NotASample):
            sample.open_sample(at=NOON)

    def test_nothing_is_cleared_away(self, ada, dora):
        with pytest.raises(sample.NotASample):
            clearing.start_own_shop(by=ada, at=NOON)

        assert Person.objects.count() == 1

    def test_the_page_is_not_there(self, signed_in, ada):
        assert signed_in(ada).get("/start-own-shop").status_code == 404


class TestStartOwnShop:
    @pytest.fixture
    def begun(self, opened, ada):
        everything_arrives()
        return ada

    def test_takes_all_of_the_sample_away(self, begun):
        clearing.start_own_shop(by=begun, at=NOON)

        for model in (Article, Thread, Message, Event, Person, Handle, Entry, Arrival, Outgoing):
            assert not model.objects.exists(), model
        assert not Job.objects.filter(name__in=clearing.LEFT_BEHIND).exists()
        assert (shop().name, shop().tagline, shop().is_sample) == ("My shop", "", False)

    def test_takes_merged_threads_and_promises_away_too(self, opened, ada):
        one, other = Thread.objects.order_by("pk")[:2]
        promises.give(other.pk, words="Call her", due_on=date(2099, 1, 1), by=ada, at=NOON)
        conversations.merge([one.pk], into=other.pk, by=ada, at=NOON)

        clearing.start_own_shop(by=ada, at=NOON)

        assert not Thread.objects.exists()

    def test_destroys_the_keys_of_everybody_in_it(self, begun):
        clearing.start_own_shop(by=begun, at=NOON)

        living = Key.objects.filter(destroyed_at=None).exclude(holder=None)
        assert {key.holder for key in living} == {begun.pk}

    def test_leaves_keys_where_nobody_destroys_them(self, begun, monkeypatch):
        # The control is `keys.destroy_these`: without it the rows go, but the keys would live on.
        monkeypatch.setattr(clearing.keys, "destroy_these", lambda key_ids, *, at: 0)
        clearing.start_own_shop(by=begun, at=NOON)

        assert Key.objects.filter(destroyed_at=None).exclude(holder=None).count() > 20

    def test_destroys_the_keys_of_what_was_not_taken_in_too(self, opened, ada):
        held = list(Arrival.objects.values_list("key_id", flat=True))
        clearing.start_own_shop(by=ada, at=NOON)

        assert len(held) == 8
        assert not Key.objects.filter(pk__in=held, destroyed_at=None).exists()

    def test_keeps_colleagues_choices_and_articles_of_their_own(self, begun, ben):
        knowledge.save_article(article=None, title="Our own", text="Words.", by=ben, at=NOON)
        own = shop()
        own.greeting, own.name = "Dear {name},", "Kiln & Kettle"
        own.save()
        clearing.start_own_shop(by=begun, at=NOON)

        assert [one.slug for one in Article.objects.all()] == ["our-own"]
        assert {one.username for one in Colleague.objects.all()} == {"ada", "ben"}
        assert (shop().greeting, shop().name) == ("Dear {name},", "Kiln & Kettle")

    def test_does_not_open_the_sample_again(self, begun):
        clearing.start_own_shop(by=begun, at=NOON)

        with pytest.raises(sample.NotASample):
            sample.open_sample(at=NOON)


class TestThePage:
    def test_says_what_goes_and_what_stays(self, opened, signed_in, ada):
        page = signed_in(ada).get("/start-own-shop").content.decode()

        assert "The 12 articles of the sample" in page
        assert "What stays" in page

    def test_asks_for_the_name(self, opened, signed_in, ada):
        browser = signed_in(ada)

        assert browser.post("/start-own-shop", {"name": "Calendula"}).status_code == 422
        assert shop().is_sample
        assert browser.post("/start-own-shop", {"name": "marigold"})["Location"] == "/"
        assert not shop().is_sample

    def test_is_for_owners_only(self, opened, signed_in, ada, mia):
        assert signed_in(mia).get("/start-own-shop").status_code == 404
        assert signed_in(mia).post("/start-own-shop", {"name": "Marigold"}).status_code == 404


class TestTheFiles:
    def test_are_plain_json_a_line(self):
        for line in (sample.reading.HERE / "customers.jsonl").read_text().splitlines():
            assert set(json.loads(line)) == {"name", "address", "said"}
