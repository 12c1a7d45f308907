"""Articles: written, changed, restored, put away; and how their passages live on."""

from datetime import timedelta

import numpy as np
import pytest

from courtesy.jobs.models import Job
from courtesy.knowledge import actions, index, public, queries
from courtesy.knowledge.actions import articles as saving
from courtesy.knowledge.models import Article, Passage
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")

TEXT = "Shipping costs €4.90.\n\n## Abroad\n\nA parcel to Norway costs €14.00."


class SmallEncoder:
    """Three numbers a text, so that a test needs no weights; counts what it read."""

    name, dimensions = "small", 3

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts):
        self.read += texts
        rows = np.array([[len(text), text.count("e") + 1, 1] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def vectors_of(passage):
    """What the small encoder made of it; None where it did not read it."""
    reading = passage.readings.filter(encoder="small").first()
    return reading and bytes(reading.vectors)


@pytest.fixture
def shipping(ada):
    return actions.save_article(article=None, title="Shipping", text=TEXT, by=ada, at=NOON)


class TestSaveArticle:
    def test_makes_the_first_version_and_its_passages(self, shipping):
        assert (shipping.slug, shipping.number) == ("shipping", 1)
        assert [one.text for one in shipping.passages.all()] == [
            "Shipping costs €4.90.",
            "A parcel to Norway costs €14.00.",
        ]

    def test_announces_it_to_the_worker(self, shipping):
        assert [job.ids for job in Job.objects.filter(name="article-saved")] == [{"article_id": shipping.pk}]

    def test_keeps_the_slug_when_the_title_changes(self, shipping, ben):
        saved = actions.save_article(article=shipping, title="Parcels", text=TEXT, by=ben, at=NOON)

        assert (saved.slug, saved.title, saved.number) == ("shipping", "Parcels", 2)
        assert [(one.number, one.title) for one in queries.versions(saved)] == [(2, "Parcels"), (1, "Shipping")]

    def test_changes_nothing_when_nothing_changed(self, shipping, ben):
        edition = queries.edition()
        saved = actions.save_article(article=shipping, title=" Shipping ", text=TEXT + "\n", by=ben, at=NOON)

        assert (saved.number, queries.edition()) == (1, edition)

    def test_keeps_the_vector_of_words_that_did_not_change(self, shipping, ben):
        encoder = SmallEncoder()
        assert actions.encode_passages(encoder) == 2
        before = {one.text: (one.pk, vectors_of(one)) for one in Passage.objects.all()}

        new = "## Abroad\n\nA parcel to Norway costs €14.00.\n\n## At home\n\nShipping is free from €60."
        actions.save_article(article=shipping, title="Shipping", text=new, by=ben, at=NOON)
        norway, home = shipping.passages.all()

        assert (norway.pk, vectors_of(norway)) == before[norway.text]
        assert vectors_of(home) is None
        assert actions.encode_passages(encoder) == 1
        assert [text for text in encoder.read if "free" in text] == encoder.read[4:]

    def test_reads_everything_again_with_another_encoder(self, shipping):
        actions.encode_passages(SmallEncoder())
        other = SmallEncoder()
        other.name = "other"

        assert actions.encode_passages(other) == 2

    def test_refuses_to_write_over_somebody_unseen(self, shipping, ada, ben):
        actions.save_article(article=shipping, title="Shipping", text="Ben's words.", by=ben, at=NOON, seen=1)

        with pytest.raises(actions.ChangedMeanwhile):
            actions.save_article(article=shipping, title="Shipping", text="Ada's words.", by=ada, at=NOON, seen=1)

        assert Article.objects.get().text == "Ben's words."

    def test_writes_over_unseen_words_where_nobody_looks_at_the_version(self, shipping, ada, ben):
        # The control is `seen`: without it the second one wins, which is why the editor always sends it.
        actions.save_article(article=shipping, title="Shipping", text="Ben's words.", by=ben, at=NOON)
        actions.save_article(article=shipping, title="Shipping", text="Ada's words.", by=ada, at=NOON)

        assert Article.objects.get().text == "Ada's words."

    @pytest.mark.parametrize(
        ("title", "text", "refusal"), [(" ", "words", actions.NoTitle), ("Title", " \n", actions.NoText)]
    )
    def test_refuses_what_is_empty(self, ada, title, text, refusal):
        with pytest.raises(refusal):
            actions.save_article(article=None, title=title, text=text, by=ada, at=NOON)

    def test_finds_a_free_slug(self, shipping, ada):
        slugs = [
            actions.save_article(article=None, title=title, text="Words.", by=ada, at=NOON).slug
            for title in ("Shipping", "new", "日本語")
        ]

        assert slugs[:2] == ["shipping-2", "new-article"]
        assert slugs[2].startswith("article-")

    def test_twice_pressed_is_one_article(self, ada):
        for later in (0, 2, 90):
            at = NOON + timedelta(seconds=later)
            actions.save_article(article=None, title="Hours", text="Open at ten.", by=ada, at=at)

        assert [one.slug for one in Article.objects.order_by("pk")] == ["hours", "hours-2"]


class TestRestore:
    def test_makes_the_older_words_a_version_of_their_own(self, shipping, ada, ben):
        actions.save_article(article=shipping, title="Shipping", text="Gone.", by=ben, at=NOON)
        restored = actions.restore(shipping.versions.get(number=1), by=ada, at=NOON + timedelta(hours=1))

        assert (restored.number, restored.text, restored.changed_by) == (3, TEXT, ada)
        assert [one.number for one in queries.versions(restored)] == [3, 2, 1]


class TestArchiveArticle:
    def test_takes_it_out_of_drafts_and_of_the_public_side(self, shipping, ada):
        assert actions.archive_article(shipping, by=ada, at=NOON)

        assert queries.passages_for_drafting() == []
        assert public.public_titles() == []
        with pytest.raises(public.NoSuchArticle):
            public.public_article("shipping")

    def test_can_be_taken_back(self, shipping, ada):
        actions.archive_article(shipping, by=ada, at=NOON)

        assert actions.bring_back(shipping, by=ada, at=NOON)
        assert [one.slug for one in public.public_titles()] == ["shipping"]
        assert not actions.bring_back(shipping, by=ada, at=NOON)


class TestEncoding:
    def test_without_weights_the_handler_does_nothing(self, shipping, monkeypatch):
        monkeypatch.setattr(saving.encoding, "encoder", lambda: None)
        actions.encode_saved(article_id=shipping.pk, at=NOON)
        actions.encode_missing(at=NOON)

        assert {one.vector for one in queries.passages_for_drafting()} == {None}

    def test_the_handler_reads_only_its_own_article_and_twice_is_once(self, shipping, ada, monkeypatch):
        other = actions.save_article(article=None, title="Other", text="Other words.", by=ada, at=NOON)
        encoder = SmallEncoder()
        monkeypatch.setattr(saving.encoding, "encoder", lambda: encoder)
        for _ in range(2):
            actions.encode_saved(article_id=other.pk, at=NOON)

        assert set(encoder.read) == {"Other. Other words."}


class TestKnowledge:
    """The index that the worker holds."""

    @pytest.fixture(autouse=True)
    def forgets(self):
        index._held.clear()
        yield
        index._held.clear()

    def test_is_built_once_until_an_article_changes(self, shipping, ben, monkeypatch):
        monkeypatch.setattr(index, "encoder", lambda: None)
        first = index.knowledge()
        assert index.knowledge() is first

        actions.save_article(article=shipping, title="Shipping", text="New words.", by=ben, at=NOON)

        assert [one.text for one in index.knowledge().passages.values()] == ["New words."]

    def test_holds_a_vector_for_each_passage_where_there_is_an_encoder(self, shipping, monkeypatch):
        encoder = SmallEncoder()
        monkeypatch.setattr(index, "encoder", lambda: encoder)
        known = index.knowledge()

        assert known.encoder is encoder
        query = encoder.encode(["Shipping. Shipping costs €4.90."])[0]
        assert known.index.search("costs", query).candidates[0].meaning == pytest.approx(1, abs=0.01)

    def test_uses_words_alone_where_there_is_none(self, shipping, monkeypatch):
        monkeypatch.setattr(index, "encoder", lambda: None)

        known = index.knowledge()

        assert known.encoder is None
        assert known.index.search("shipping costs").candidates[0].meaning is None

    def test_lets_no_message_wait_for_a_large_import(self, shipping, monkeypatch):
        encoder = SmallEncoder()
        monkeypatch.setattr(index, "encoder", lambda: encoder)
        monkeypatch.setattr(index, "AT_ONCE", 1)

        assert len(index.knowledge().passages) == 1
        actions.encode_passages(encoder)
        assert len(index.knowledge().passages) == 2

    def test_knows_which_passages_are_only_ours(self, ada, monkeypatch):
        monkeypatch.setattr(index, "encoder", lambda: None)
        actions.save_article(article=None, title="Ours", text="Words.", audience="internal", by=ada, at=NOON)

        assert [row.public for row in index.knowledge().rows.values()] == [False]


class TestThePublicSide:
    def test_is_given_public_articles_as_safe_html(self, shipping):
        article = public.public_article("shipping")

        assert (
            article.html == "<p>Shipping costs €4.90.</p>\n<h2>Abroad</h2>\n<p>A parcel to Norway costs €14.00.</p>\n"
        )

    def test_never_sees_an_internal_one(self, ada):
        ours = actions.save_article(article=None, title="Ours", text="Words.", audience="internal", by=ada, at=NOON)

        assert public.public_titles() == []
        assert public.public_slugs({ours.pk}) == {}
        with pytest.raises(public.NoSuchArticle):
            public.public_article("ours")
