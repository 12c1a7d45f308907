"""Every address of both front sides × everybody who may stand before it.

The matrix is made from the rules that the views carry: a new address is in it without anybody adding it, and one
without a rule fails. Samples for what stands in an address are in `samples.py`.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from courtesy.config import urls_public, urls_staff
from courtesy.staff import access, actions
from courtesy.staff.actions import describe_sample
from courtesy.staff.models import ABILITIES, Colleague, Invitation, Role
from courtesy.web.access import Rule
from tests.cast import NOON, who_agreed_to_everything
from tests.colleagues import PublicSocket, both_steps, new_colleague
from tests.contracts.samples import MADE_BY, POSTED, NoSample, Street
from tests.scene import standing as stands
from tests.staff.doors import give_code_app, sign_in

pytestmark = pytest.mark.django_db(databases="__all__")

WORD = re.compile(r"<(?:\w+:)?(?P<word>\w+)>")
METHODS = ("get", "post")
ROLES = tuple(Role)
SIGN_IN, CODE_APP, AGAIN = "/sign-in", "/me/authenticator", "/me/again"

# Paths that both sides answer, each with a page of its own; the public one is checked to be trust's or config's.
ON_BOTH_SIDES = {
    "": "Today for colleagues, the contact form for customers",
    "healthz": "says only that this side is alive",
    "articles/<slug:slug>": "public articles, for everybody; an internal one is 404 there",
}
# What a colleague may open who has no authenticator app yet: setting one up, and the design system's own two pages,
# which show nothing of the shop.
BEFORE_THE_CODE = {"mfa_activate_totp", "account_reauthenticate", "style-guide", "preferences"}
# Where even somebody with the ability finds nothing, because of what the sample is (the page says so itself).
NOTHING_THERE = {
    "join": "the sample is no link of ours",
    "saved_view_removal": "a view is one's own; `tests/desk/inbox/test_listing.py` tries who may take it away",
}


@dataclass(frozen=True)
class Door:
    """An address and the view behind it."""

    route: str
    name: str
    view: Any

    @property
    def rule(self) -> Rule:
        rule: Rule = self.view.access_rule
        return rule

    def path(self, here: Street) -> str:
        """The address with samples in it."""
        return "/" + WORD.sub(lambda found: str(here.value(found["word"])), self.route)


def doors(patterns: list[Any], before: str = "") -> Iterator[Door]:
    """Every address, those in included lists too."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            assert hasattr(pattern.pattern, "_route"), (
                f"{route}: write addresses with path(), so that tests can read them"
            )
            yield Door(route, pattern.name or "", pattern.callback)


STAFF = list(doors(urls_staff.urlpatterns))
PUBLIC = list(doors(urls_public.urlpatterns))
DOORS = [*STAFF, *PUBLIC]
GUARDED = [door for door in STAFF if door.rule.ability]


def named(door: Door) -> str:
    return f"{door.route or '(beginning)'}-{door.name}"


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Street, dict[str, str]]]:
    """What stands for all tests: the shop with its samples, and the cookie of somebody in each role."""
    with stands(django_db_blocker):
        describe_sample(name="Marigold", tagline="", at=NOON)
        owner, colleague = new_colleague("Ada", Role.OWNER), new_colleague("Ben", Role.COLLEAGUE)
        street = Street(owner=owner, colleague=colleague, customer=who_agreed_to_everything())
        for word in ("thread_id", "suggestion_id", "slug"):
            street.value(word)
        yield street, {role: cookie_of(give_code_app(new_colleague(f"Some-{role}", role))) for role in ROLES}


def cookie_of(colleague: Colleague) -> str:
    """What a browser holds in which this colleague is signed in, both steps done."""
    return both_steps(colleague).cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def here(town: tuple[Street, dict[str, str]], db: None) -> Street:
    """The shop for one test, who makes further samples in it."""
    return deepcopy(town[0])


@pytest.fixture
def ada(here: Street) -> Colleague:
    return here.owner


@pytest.fixture
def ben(here: Street) -> Colleague:
    return here.colleague


@pytest.fixture
def standing(town: tuple[Street, dict[str, str]], here: Street) -> Any:
    """A browser of a colleague with this role, second step done; of nobody for None."""

    def at_the_door(role: str | None) -> Client:
        browser = Client(raise_request_exception=False)
        if role is not None:
            browser.cookies[settings.SESSION_COOKIE_NAME] = town[1][role]
        return browser

    return at_the_door


def leads_to(answer: Any) -> str:
    """Where the answer sends the browser; nothing if it stays."""
    return answer.headers.get("Location", "").split("?")[0] if answer.status_code in {301, 302, 303} else ""


def reads_as_both(path: str) -> bool:
    """Whether the public side takes this path for one of its own: /articles/new for an article called "new"."""
    try:
        return resolve(path, settings.PUBLIC_URLCONF).route in ON_BOTH_SIDES
    except Resolver404:
        return False


class TestEveryAddress:
    def test_says_who_may_come(self):
        assert len(DOORS) > 100
        assert [named(door) for door in DOORS if not isinstance(getattr(door.view, "access_rule", None), Rule)] == []

    def test_says_why_where_anybody_may(self):
        assert [named(door) for door in DOORS if door.rule.ability is None and not door.rule.why] == []

    def test_of_the_public_side_needs_no_colleague(self):
        assert [named(door) for door in PUBLIC if door.rule.ability is not None] == []

    def test_asks_for_an_ability_that_somebody_can_have(self):
        assert {door.rule.ability for door in STAFF} - {None} <= set(access.KNOWN_ABILITIES)

    @pytest.mark.parametrize("word", sorted({word for door in DOORS for word in WORD.findall(door.route)}))
    def test_has_a_sample_for_each_word(self, word):
        assert word in MADE_BY, f"<{word}> has no sample in tests/contracts/samples.py"

    def test_has_a_name_of_its_own(self):
        """One name for two addresses makes links go to the wrong one; one address may have two names."""
        names = [door.name for door in STAFF if door.name]
        assert sorted(names) == sorted(set(names))


class TestTheMatrix:
    """Staff's side: every address × nobody, viewer, colleague, manager, owner × GET and POST."""

    def test_a_stranger_is_sent_to_sign_in(self, here, standing):
        wrong = []
        for method, door in product(METHODS, STAFF):
            answer = getattr(standing(None), method)(door.path(here))
            led, is_open = leads_to(answer), door.rule.ability is None
            if (led in {CODE_APP, AGAIN} or answer.status_code >= 500) if is_open else led != SIGN_IN:
                wrong.append(f"{method} /{door.route} answered {answer.status_code}")
        assert wrong == []

    @pytest.mark.parametrize("door", STAFF, ids=named)
    def test_a_colleague_gets_what_the_role_may(self, door, town, standing, django_db_blocker):
        for role in ROLES:
            # What one of them does there is gone before the next one comes.
            with stands(django_db_blocker):
                self.tries(door, role, standing(role), deepcopy(town[0]))

    def tries(self, door: Door, role: str, browser: Client, here: Street) -> None:
        for method in METHODS:
            answer = getattr(browser, method)(door.path(here), POSTED.get(door.name) if method == "post" else None)
            told = f"{method} /{door.route} answered a {role} with {answer.status_code}"

            assert answer.status_code < 500, told
            if door.rule.ability is not None and door.rule.ability not in ABILITIES[role]:
                assert answer.status_code == 404, told
            elif door.name not in NOTHING_THERE:
                assert answer.status_code not in {401, 403, 404}, told
                assert door.rule.ability is None or leads_to(answer) != SIGN_IN, told

    def test_one_who_left_is_a_stranger(self, here, mia, signed_in):
        browser = signed_in(mia, Client(raise_request_exception=False))
        actions.leave(mia, by=here.owner, at=NOON)

        asked = [(method, door) for method in METHODS for door in GUARDED]
        let_in = [(m, named(d)) for m, d in asked if leads_to(getattr(browser, m)(d.path(here))) != SIGN_IN]
        assert let_in == []

    def test_the_password_alone_opens_no_page_of_the_desk(self, here):
        """Somebody who got past the first step as the owner, who has no authenticator app yet."""
        browser = Client(raise_request_exception=False)
        browser.force_login(here.owner)

        asked = [(method, door) for method in METHODS for door in GUARDED if door.name not in BEFORE_THE_CODE]
        let_in = [
            (m, named(d)) for m, d in asked if leads_to(getattr(browser, m)(d.path(here))) not in {CODE_APP, AGAIN}
        ]
        assert let_in == []

    def test_a_rule_that_is_only_written_down_does_not_pass(self, here, monkeypatch):
        """The control's control: a view that carries a rule and does not keep it is found."""
        door = next(door for door in STAFF if door.name == "team")

        def careless(request: Any) -> Any:
            from django.http import HttpResponse  # noqa: PLC0415

            return HttpResponse("everybody's names")

        careless.access_rule = door.rule  # type: ignore[attr-defined]
        pattern = next(p for p in urls_staff.urlpatterns if getattr(p, "name", "") == "team")
        monkeypatch.setattr(pattern, "callback", careless)
        get_resolver(settings.STAFF_URLCONF)._populate()

        assert leads_to(Client().get(door.path(here))) != SIGN_IN


class TestThePublicSide:
    """What comes in by the public socket never reaches the desk, whatever its Host header says."""

    @pytest.mark.parametrize("host", ["testserver", f"localhost:{settings.COURTESY.port}", "localhost"])
    def test_has_no_path_of_the_desk(self, host, here, signed_in):
        browser = signed_in(here.owner, PublicSocket(raise_request_exception=False))
        there = []
        for method, door in product(METHODS, [door for door in STAFF if door.route not in ON_BOTH_SIDES]):
            answer = getattr(browser, method)(door.path(here), headers={"host": host})
            if answer.status_code not in ({404, 405} if reads_as_both(door.path(here)) else {404}):
                there.append(f"{method} /{door.route} answered {answer.status_code}")
        assert there == []

    @pytest.mark.parametrize("route", ON_BOTH_SIDES)
    def test_has_a_page_of_its_own_where_both_sides_have_one(self, route):
        there = [door for door in PUBLIC if door.route == route]
        assert there, f"/{route} is not on the public side any more: take it out of ON_BOTH_SIDES"
        assert all(door.view.__module__.startswith(("courtesy.trust", "courtesy.config")) for door in there)

    def test_does_not_show_an_internal_article(self, here):
        browser = PublicSocket()

        assert browser.get(f"/articles/{here.article.slug}").status_code == 404

    @pytest.mark.parametrize("door", PUBLIC, ids=named)
    def test_neither_reads_nor_sets_the_colleagues_cookie(self, door, here, signed_in):
        browser = signed_in(here.owner, PublicSocket(raise_request_exception=False))

        for method in METHODS:
            answer = getattr(browser, method)(door.path(here))

            assert answer.status_code < 500
            assert settings.SESSION_COOKIE_NAME not in answer.cookies
            assert "cookie" not in answer.headers.get("Vary", "").lower()

    def test_a_colleague_cannot_sign_in_there(self, ada):
        browser = PublicSocket()

        assert sign_in(browser, "ada").status_code == 404


class TestSomebodyElsesObject:
    """What belongs to a colleague, or stands above one, does not exist for the others."""

    @pytest.mark.parametrize("name", ["colleague_role", "colleague_way_back", "colleague_leaving"])
    @pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
    def test_a_manager_finds_nobody_at_or_above_their_height(self, name, role, here, standing):
        door = next(door for door in STAFF if door.name == name)
        here.made["colleague_id"] = new_colleague("Above", role).pk

        assert standing(Role.MANAGER).post(door.path(here), {"role": "viewer"}).status_code == 404

    def test_nor_a_link_that_makes_a_manager(self, here, ada, standing):
        actions.invite(role=Role.MANAGER, called="Hal", by=ada, at=NOON)
        here.made["invitation_id"] = Invitation.objects.get(called="Hal").pk
        door = next(door for door in STAFF if door.name == "invitation_withdrawal")

        assert standing(Role.MANAGER).post(door.path(here)).status_code == 404

    def test_words_being_written_are_shown_to_their_writer_only(self, here, ben, mia, signed_in):
        thread = here.value("thread_id")
        signed_in(ben).post(f"/inbox/{thread}/words", {"words": "Between us: a refund?", "tab": ""})

        assert "Between us: a refund?" in signed_in(ben).get(f"/inbox/{thread}").content.decode()
        assert "Between us: a refund?" not in signed_in(mia).get(f"/inbox/{thread}").content.decode()


class TestSamples:
    def test_an_unknown_word_says_its_name(self, here):
        with pytest.raises(NoSample, match="<unheard_of>"):
            here.value("unheard_of")
