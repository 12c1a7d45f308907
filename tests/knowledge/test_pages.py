"""The desk's pages about articles, through the front door."""

import os
import subprocess
import sys

import pytest

from courtesy.knowledge import actions
from courtesy.knowledge.models import Article
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")

TYPED = {"title": "Shipping", "text": "Shipping costs €4.90.", "audience": "public", "language": "en"}


@pytest.fixture
def shipping(ada):
    return actions.save_article(article=None, title="Shipping", text="Shipping costs €4.90.", by=ada, at=NOON)


def words_of(answer):
    return answer.content.decode()


class TestTheList:
    def test_invites_to_write_the_first_one(self, signed_in, ben):
        page = words_of(signed_in(ben).get("/articles"))

        assert "Write the first article" in page
        assert "courtesy import knowledge" in page

    def test_says_who_changed_what(self, signed_in, ben, shipping):
        page = words_of(signed_in(ben).get("/articles"))

        assert "Shipping" in page
        assert "Ada" in page

    def test_finds_by_words_in_the_text(self, signed_in, ben, shipping):
        browser = signed_in(ben)

        assert "/articles/shipping" in words_of(browser.get("/articles?q=costs"))
        assert "No article like that" in words_of(browser.get("/articles?q=costs+zebra"))

    def test_parts_public_from_internal_and_put_away(self, signed_in, ben, shipping):
        browser = signed_in(ben)

        assert "/articles/shipping" in words_of(browser.get("/articles?kind=public"))
        assert "/articles/shipping" not in words_of(browser.get("/articles?kind=internal"))
        assert "/articles/shipping" not in words_of(browser.get("/articles?kind=away"))

    def test_leads_to_what_was_put_away_even_when_nothing_else_is_left(self, signed_in, ben, shipping):
        actions.archive_article(shipping, by=ben, at=NOON)
        page = words_of(signed_in(ben).get("/articles"))

        assert "Write the first article" in page
        assert "?kind=away" in page

    def test_offers_no_pen_to_somebody_who_only_looks_on(self, signed_in, vera, shipping):
        assert "/articles/new" not in words_of(signed_in(vera).get("/articles"))


class TestTheEditor:
    def test_publishes_a_new_article(self, signed_in, ben):
        answer = signed_in(ben).post("/articles/new", TYPED)

        assert (answer.status_code, answer["Location"]) == (302, "/articles/shipping")
        assert Article.objects.get().changed_by == ben

    def test_shows_how_it_reads_and_goes_back_to_writing_with_the_same_words(self, signed_in, ben):
        browser = signed_in(ben)
        typed = {**TYPED, "text": "**Bold** & more"}

        assert "<strong>Bold</strong>" in words_of(browser.post("/articles/new", {**typed, "show": "read"}))
        assert "**Bold** &amp; more</textarea>" in words_of(browser.post("/articles/new", {**typed, "show": "write"}))
        assert not Article.objects.exists()

    def test_says_what_is_missing_and_keeps_the_rest(self, signed_in, ben):
        answer = signed_in(ben).post("/articles/new", {**TYPED, "title": ""})

        assert answer.status_code == 422
        assert "Give it a title" in words_of(answer)
        assert "Shipping costs €4.90." in words_of(answer)

    def test_keeps_both_when_two_publish_at_once(self, signed_in, ada, ben, shipping):
        actions.save_article(article=shipping, title="Shipping", text="Ada was first.", by=ada, at=NOON)
        browser = signed_in(ben)
        late = browser.post("/articles/shipping/edit", {**TYPED, "text": "Ben was second.", "seen": "1"})

        assert late.status_code == 409
        assert "Ben was second.</textarea>" in words_of(late)
        assert 'name="seen" value="2"' in words_of(late)
        assert Article.objects.get().text == "Ada was first."

        browser.post("/articles/shipping/edit", {**TYPED, "text": "Ben was second.", "seen": "2"})
        assert Article.objects.get().text == "Ben was second."

    def test_is_closed_to_those_who_only_look_on(self, signed_in, vera, shipping):
        browser = signed_in(vera)

        assert browser.get("/articles/shipping/edit").status_code == 404
        assert browser.post("/articles/shipping/edit", TYPED).status_code == 404
        assert browser.post("/articles/shipping/away").status_code == 404


class TestAnArticle:
    def test_reads_as_it_would_on_paper(self, signed_in, vera, shipping):
        assert "<p>Shipping costs €4.90.</p>" in words_of(signed_in(vera).get("/articles/shipping"))

    def test_is_not_there_for_a_name_that_is_wrong(self, signed_in, ben):
        assert signed_in(ben).get("/articles/nothing").status_code == 404

    def test_answers_a_question_by_its_words(self, signed_in, ben, shipping):
        browser = signed_in(ben)

        assert "“Shipping costs €4.90.”" in words_of(browser.get("/articles/shipping?ask=what+does+shipping+cost"))
        assert "Nothing shares a word" in words_of(browser.get("/articles/shipping?ask=zebra"))

    def test_shows_and_restores_an_older_version(self, signed_in, ben, shipping):
        actions.save_article(article=shipping, title="Shipping", text="New words.", by=ben, at=NOON)
        browser = signed_in(ben)

        assert "Shipping costs €4.90." in words_of(browser.get("/articles/shipping/versions/1"))
        assert browser.get("/articles/shipping/versions/9").status_code == 404
        browser.post("/articles/shipping/versions/1/restore")
        assert Article.objects.get().text == "Shipping costs €4.90."

    def test_is_put_away_and_taken_back(self, signed_in, ben, shipping):
        browser = signed_in(ben)
        browser.post("/articles/shipping/away")
        assert "put away" in words_of(browser.get("/articles/shipping"))

        browser.post("/articles/shipping/back")
        assert Article.objects.get().archived_at is None


class TestTheWebProcess:
    def test_loads_no_model_for_any_of_these_pages(self):
        script = (
            "import django, sys; django.setup(); import courtesy.knowledge.urls, courtesy.knowledge.public;"
            "print([name for name in ('numpy', 'onnxruntime', 'sklearn', 'tokenizers') if name in sys.modules])"
        )
        told = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "courtesy.config.settings"},
            capture_output=True,
            text=True,
            check=True,
        )

        assert told.stdout.strip() == "[]"
