"""The shop's languages: who sets them, what reads for them, and that drafts go on while it reads anew."""

import numpy as np
import pytest

from courtesy.jobs import actions as jobs
from courtesy.jobs.models import Job
from courtesy.knowledge import actions, encoding, index, queries
from courtesy.knowledge.actions import articles as saving
from courtesy.knowledge.models import PassageReading
from courtesy.science.encoders.choosing import MINILM, MULTILINGUAL
from courtesy.staff import queries as staff
from courtesy.staff.actions import NotAllowed
from courtesy.staff.languages import set_languages
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")


class Named:
    """Reads nothing, but under the name of one of ours."""

    def __init__(self, name: str, dimensions: int, languages: str) -> None:
        self.name, self.dimensions, self.languages = name, dimensions, frozenset(languages.split())

    def encode(self, texts):
        return np.full((len(texts), self.dimensions), self.dimensions**-0.5, dtype=np.float32)


ENGLISH, MANY = Named(MINILM, 4, "en"), Named(MULTILINGUAL, 6, "en de")


@pytest.fixture(autouse=True)
def both(monkeypatch):
    """Both encoders are there, and cost nothing."""
    monkeypatch.setattr(encoding, "_loaded", {MINILM: ENGLISH, MULTILINGUAL: MANY})
    monkeypatch.setattr(index, "_held", [])
    monkeypatch.setattr(index, "_wanted", [])


@pytest.fixture
def articles(ada):
    actions.save_article(article=None, title="Hours", text="Open at ten.", by=ada, at=NOON)
    actions.save_article(
        article=None, title="Versand", text="Kostet 5 Euro.", language="de", by=ada, at=NOON, audience="public"
    )
    actions.encode_missing(at=NOON)


class TestTheLanguages:
    def test_are_english_until_the_owner_says_otherwise(self):
        assert staff.shop().languages == ("en",)

    def test_are_set_by_an_owner_and_the_worker_hears_of_it(self, ada):
        set_languages(language="de", others=["en", "de"], by=ada, at=NOON)

        assert staff.shop().languages == ("de", "en")
        assert Job.objects.filter(name="languages-set").count() == 1

    def test_said_twice_are_set_once(self, ada):
        for _ in range(2):
            set_languages(language="de", others=[], by=ada, at=NOON)

        assert Job.objects.filter(name="languages-set").count() == 1

    def test_are_refused_from_anybody_else(self, mia, ben):
        for colleague in (mia, ben):
            with pytest.raises(NotAllowed):
                set_languages(language="de", others=[], by=colleague, at=NOON)

    @pytest.mark.parametrize(("language", "others"), [("xx", []), ("en", ["klingon"]), ("", [])])
    def test_are_refused_where_nobody_knows_them(self, ada, language, others):
        with pytest.raises(ValueError):  # noqa: PT011
            set_languages(language=language, others=others, by=ada, at=NOON)

        assert staff.shop().languages == ("en",)


class TestTheEncoder:
    def test_follows_the_languages(self, ada):
        assert encoding.encoder() is ENGLISH
        set_languages(language="en", others=["de"], by=ada, at=NOON)

        assert encoding.encoder() is MANY
        assert encoding.encoders() == encoding.Encoders(MANY, ENGLISH)

    def test_is_alone_where_nobody_writes_english(self, ada):
        set_languages(language="de", others=[], by=ada, at=NOON)

        assert encoding.encoders() == encoding.Encoders(MANY, None)

    def test_is_the_other_one_where_its_weights_are_missing(self, ada, monkeypatch):
        monkeypatch.setattr(encoding, "_loaded", {MINILM: ENGLISH, MULTILINGUAL: None})
        set_languages(language="de", others=[], by=ada, at=NOON)

        assert encoding.encoder() is ENGLISH

    def test_is_none_without_weights(self, monkeypatch):
        monkeypatch.setattr(encoding, "_loaded", {MINILM: None, MULTILINGUAL: None})

        assert encoding.encoder() is None
        assert encoding.read(["anything"]) is None


class TestAnotherEncoder:
    def test_takes_over_only_when_it_has_read_everything(self, ada, articles, monkeypatch):
        assert index.knowledge().encoder is ENGLISH
        set_languages(language="en", others=["de"], by=ada, at=NOON)

        assert index.knowledge().encoder is ENGLISH
        assert len(index.knowledge().rows) == 2

        monkeypatch.setattr(saving, "AT_A_TIME", 1)
        actions.encode_missing(at=NOON)
        known = index.knowledge()
        assert (known.encoder, known.english) == (MANY, ENGLISH)
        assert len(known.rows) == 2

    def test_has_english_read_beside_it_and_nothing_else(self, ada, articles):
        set_languages(language="en", others=["de"], by=ada, at=NOON)
        PassageReading.objects.all().delete()
        actions.encode_missing(at=NOON)

        assert {row.title: row.beside is not None for row in index.knowledge().rows.values()} == {
            "Hours": True,
            "Versand": False,
        }

    def test_leaves_nothing_behind_of_the_one_before(self, ada, articles):
        set_languages(language="de", others=[], by=ada, at=NOON)
        assert queries.read_by() == {MINILM: 2}
        actions.encode_missing(at=NOON)

        assert queries.read_by() == {MULTILINGUAL: 2}


class TestThePage:
    def test_says_what_reads_and_why(self, mia, signed_in):
        jobs.i_live("worker", at=NOON, encoder=MINILM)
        page = signed_in(mia).get("/shop/languages").content.decode()

        assert "The English reader" in page
        assert "Only an owner changes this." in page
        assert "<form" not in page.split('id="written"')[1].split("</section>")[0]

    def test_takes_the_owners_choice_and_shows_how_far_it_is(self, ada, articles, signed_in):
        jobs.i_live("worker", at=NOON, encoder=MINILM)
        browser = signed_in(ada)
        answer = browser.post("/shop/languages/choice", {"language": "en", "others": ["de", "sv"]})
        page = browser.get("/shop/languages").content.decode()

        assert answer.status_code == 302
        assert staff.shop().languages == ("en", "de", "sv")
        assert "0 of 2" in page
        assert "It was not made for Svenska" in page
        assert "English is read by the English reader too" in page

    def test_owns_up_where_no_reader_is_there(self, ada, signed_in):
        page = signed_in(ada).get("/shop/languages").content.decode()

        assert "words alone are compared" in page

    def test_refuses_a_language_nobody_knows(self, ada, signed_in):
        answer = signed_in(ada).post("/shop/languages/choice", {"language": "xx"})

        assert answer.status_code == 422
        assert staff.shop().languages == ("en",)

    def test_is_closed_to_those_who_do_not_manage(self, ben, mia, signed_in):
        assert signed_in(ben).get("/shop/languages").status_code == 404
        assert signed_in(mia).post("/shop/languages/choice", {"language": "de"}).status_code == 404

    def test_is_found_from_the_shop_page(self, ada, signed_in):
        assert "/shop/languages" in signed_in(ada).get("/shop").content.decode()
