"""Layouts, components and the two pages of the design system, without a database: the look knows no shop."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404
from django.template import engines, loader
from django.test import RequestFactory
from jinja2 import UndefinedError

from courtesy.web import views
from courtesy.web.access import Rule, open_to_anyone
from courtesy.web.context import look
from courtesy.web.flash import said, say
from courtesy.web.fragments import render_block
from courtesy.web.navigation import Place, places


class Somebody(SimpleNamespace):
    is_authenticated = True
    called = "Ben <b>"

    def may(self, ability):
        return ability in self.abilities


@pytest.fixture(autouse=True)
def _the_look_alone(settings):
    settings.SHOP_FRONT = ""
    settings.NAVIGATION = ()
    settings.MY_PAGE = "style-guide"
    settings.ROOT_URLCONF = "tests.web.urls"


@pytest.fixture
def request_of_ben(rf: RequestFactory):
    request = rf.get("/style-guide")
    request.user = Somebody(abilities={"see"})
    request.csp_nonce = "n0nce"
    request._messages = CookieStorage(request)
    return request


def component(request, source: str, **given: object) -> str:
    template = engines.all()[0].from_string(source)
    return template.render(given, request)


class TestStyleGuide:
    def test_shows_every_component(self, request_of_ben):
        page = views.style_guide(request_of_ben).content.decode()
        module = look(request_of_ben)["ui"]

        shown = loader.get_template("web/style-guide.html").template
        source = Path(shown.filename).read_text()
        macros = {name for name in dir(module) if callable(getattr(module, name)) and not name.startswith("_")}
        missing = {name for name in macros if f"ui.{name}(" not in source}
        assert missing <= {"field", "form_errors", "post_button", "nonce", "icon"}, missing
        assert "Ben</a>" in page
        assert 'nonce="n0nce"' in page
        assert "<style" not in page
        assert "style=" not in page

    def test_is_for_colleagues_only(self, rf):
        request = rf.get("/style-guide")
        request.user = SimpleNamespace(is_authenticated=False)
        assert views.style_guide(request).status_code == 302

        del request.user
        with pytest.raises(Http404):
            views.style_guide(request)

        request.user = Somebody(abilities=set())
        with pytest.raises(Http404):
            views.style_guide(request)


class TestPreferences:
    def test_are_kept_in_a_cookie_or_with_the_colleague_and_lead_back(self, rf, request_of_ben):
        request = rf.post("/preferences", {"theme": "dark", "keys": "off", "back": "/inbox"})
        request.user = me = request_of_ben.user
        me.save = lambda *, update_fields: kept.extend(update_fields)
        kept = []

        response = views.preferences(request)

        assert response.cookies["theme"].value == "dark"
        assert not me.single_keys
        assert kept == ["single_keys"]
        assert response["Location"] == "/inbox"

    def test_never_lead_elsewhere_or_keep_nonsense(self, rf, request_of_ben):
        request = rf.post("/preferences", {"theme": "<x>", "back": "//elsewhere.example/"})
        request.user = request_of_ben.user

        response = views.preferences(request)

        assert response["Location"] == "/"
        assert "theme" not in response.cookies

    def test_change_the_page(self, request_of_ben):
        request_of_ben.COOKIES = {"theme": "dark"}
        request_of_ben.user.single_keys = False

        page = views.style_guide(request_of_ben).content.decode()

        assert 'data-theme="dark"' in page
        assert 'data-keys="off"' in page


class TestComponents:
    def test_escape_what_they_are_given(self, request_of_ben):
        evil = '<script>alert(1)</script>"'
        shown = component(
            request_of_ben,
            """{{ ui.button(e) }}{{ ui.badge(e) }}{{ ui.belief(e, known=e) }}{{ ui.empty(e, e) }}{{ ui.toast(e) }}
            {{ ui.banner(e) }}{{ ui.permission_card(e, e) }}{{ ui.event(e) }}{{ ui.person(e) }}{{ ui.no_draft(e, e) }}
            {{ ui.evidence([{"title": e, "quote": e, "about": e}]) }}{{ ui.search("/x", value=e) }}
            {{ ui.text_box("n", e, value=e) }}
            {{ ui.button(e, attrs={"title": e}) }}{% call ui.message(e, now, foot=e) %}{{ e }}{% endcall %}""",
            e=evil,
            now=datetime.now(UTC),
        )

        assert "<script>" not in shown
        assert '1)&lt;/script&gt;"' not in shown

    def test_would_let_markup_through_if_escaping_were_off(self, request_of_ben):
        """The control, switched off: the test above would notice."""
        engine = engines.all()[0]
        careless = engine.env.overlay(autoescape=False)
        shown = careless.from_string("<p>{{ words }}</p>").render(words="<script>alert(1)</script>")

        assert "<script>" in shown
        assert engine.env.autoescape is True

    def test_a_name_that_is_not_there_is_an_error_not_an_empty_page(self, request_of_ben):
        with pytest.raises(UndefinedError):
            component(request_of_ben, "{{ nobody_handed_this_in }}")

    def test_a_button_that_posts_carries_the_forgery_token(self, request_of_ben):
        shown = component(request_of_ben, '{{ ui.post_button("Resolve", "/x", hidden={"seen": 3}) }}')

        assert 'name="csrfmiddlewaretoken"' in shown
        assert 'name="seen" value="3"' in shown

    def test_a_field_ties_its_error_to_its_box(self, request_of_ben):
        from django import forms  # noqa: PLC0415

        class Door(forms.Form):
            name = forms.CharField(help_text="As on your sign.")
            who = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
            yes = forms.BooleanField()

        shown = component(
            request_of_ben, "{{ ui.field(f.name) }}{{ ui.field(f.who) }}{{ ui.field(f.yes) }}", f=Door({})
        )

        assert 'aria-describedby="id_name-help id_name-wrong"' in shown
        assert shown.count('aria-invalid="true"') >= 2
        assert 'class="box"' in shown
        assert "<fieldset" in shown
        assert 'id="id_yes-wrong"' in shown


class TestNavigation:
    def test_shows_what_a_colleague_may_see(self, settings, request_of_ben):
        settings.NAVIGATION = (
            Place("style-guide", "Look", "pencil"),
            Place("preferences", "Team", "people", ability="manage"),
        )

        shown = places(request_of_ben, request_of_ben.user)

        assert [(place.word, place.here) for place in shown] == [("Look", True)]
        assert places(request_of_ben, None) == []


class TestFlash:
    def test_comes_back_with_its_way_to_undo(self, request_of_ben):
        say(request_of_ben, "Sent.", undo="/decisions/3/take-back")
        say(request_of_ben, "Refused.", tone="alert")

        first, second = [said(message) for message in request_of_ben._messages]

        assert (first.words, first.undo, first.tone) == ("Sent.", "/decisions/3/take-back", "calm")
        assert (second.undo, second.tone) == ("", "alert")

    def test_waits_for_a_page_that_somebody_reads(self, rf, request_of_ben):
        say(request_of_ben, "Sent.")
        background = rf.get("/inbox?fresh=1")
        background.user, background._messages = request_of_ben.user, request_of_ben._messages

        assert look(background)["flashes"]() == []
        assert [flash.words for flash in look(request_of_ben)["flashes"]()] == ["Sent."]


class TestRefusals:
    @pytest.mark.parametrize("code", ["404", "403", "403_csrf"])
    def test_say_what_is_so_and_what_to_do(self, request_of_ben, code):
        page = loader.render_to_string(f"{code}.html", {}, request_of_ben)

        assert page.count("<h1>") == 1
        assert 'class="button"' in page

    def test_the_worst_one_stands_alone(self):
        assert "Something broke here" in loader.render_to_string("500.html")


class TestFragments:
    def test_is_the_block_of_the_page_and_nothing_else(self, request_of_ben):
        response = render_block(request_of_ben, "404.html", "says", {}, status=422)

        assert response.status_code == 422
        assert response.content.decode() == "There is nothing here"


class TestAccessRules:
    def test_stand_on_the_view(self):
        @open_to_anyone("a customer writes to the shop here")
        def door(request):
            raise NotImplementedError

        assert door.access_rule == Rule(ability=None, why="a customer writes to the shop here")
        assert views.style_guide.access_rule.ability == "see"
