"""The page "Bring your past", through the front door: a file, what is said about it, and what is refused."""

from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from courtesy.conversations.actions import carrying_on
from courtesy.conversations.models import Bringing, Message
from courtesy.privacy import sealed_files
from tests.conversations.past import US, as_mbox, conversations

pytestmark = pytest.mark.django_db(databases="__all__")
State = Bringing.State
TABLE = b"when;wer;frage\n2025-03-03 10:00;kim@post.example;Where is my fern?\nnever;kim@post.example;And now?\n"
COLUMNS = {"at": "when", "sender": "wer", "words": "frage", "dates": "iso"}
AGREED = {"basis": "contract", "since": "2025-03-03"}


@pytest.fixture
def owner(signed_in, ada):
    return signed_in(ada)


def hand_in(browser: Client, content: bytes, *, ours: str = US, **more: str):
    form = {"file": SimpleUploadedFile("old.mbox", content), "ours": ours, "whole": "yes"} | more
    return browser.post("/past/letters/file", {name: value for name, value in form.items() if value != "left out"})


def row() -> Bringing:
    return Bringing.objects.get()


def carry_on() -> None:
    carrying_on.carry_on(at=timezone.now())


def page(browser: Client, part: str = "") -> str:
    return browser.get(f"/past/letters/{row().pk}{part}").content.decode()


def lying() -> list[Path]:
    with suppress(FileNotFoundError):
        return list((Path(settings.COURTESY.data_dir) / "waiting").glob("*"))
    return []


class TestHandingIn:
    def test_leads_to_a_page_of_its_own(self, owner):
        answer = hand_in(owner, as_mbox(conversations(3)))

        assert answer.headers["Location"] == f"/past/letters/{row().pk}"
        assert row().state == State.LOOKING
        assert sealed_files.is_there(row().pk)
        assert 'data-live="bringing:' in page(owner)

    def test_shows_what_is_in_it_before_anything_is_kept(self, owner):
        hand_in(owner, as_mbox(conversations(3)))
        carry_on()

        shown = page(owner)
        assert "Is this right?" in shown
        assert "Where is parcel 0?" in shown
        assert 'value="2025-03-03"' in shown
        assert not Message.objects.exists()

    @pytest.mark.parametrize(
        ("content", "more", "told"),
        [
            (b"", {}, "There is nothing in it."),
            (b"one word", {}, "This is no table"),
            (b"From a@b Sat Jan 4 01:05:34 2025\n\n", {"whole": "left out"}, "the line broke before its end"),
            (b"From a@b Sat Jan 4 01:05:34 2025\n\n", {"file": "left out"}, "No file came"),
            (b"From a@b Sat Jan 4 01:05:34 2025\n\n", {"ours": "nobody"}, "“nobody” is no mail address."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_nothing(self, owner, content, more, told):
        before = lying()

        answer = hand_in(owner, content, **more)

        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert not Bringing.objects.exists()
        assert lying() == before

    def test_nothing_is_read_of_who_may_not(self, signed_in, ben):
        before = lying()

        assert hand_in(signed_in(ben), as_mbox(conversations(1))).status_code == 404
        assert lying() == before

    def test_a_form_without_its_sign_is_refused(self, signed_in, ada):
        browser = signed_in(ada)
        browser.handler.enforce_csrf_checks = True

        assert hand_in(browser, as_mbox(conversations(1))).status_code == 403
        assert not Bringing.objects.exists()


class TestColumns:
    def test_are_asked_shown_and_remembered(self, owner):
        hand_in(owner, TABLE)
        assert "In the first row" in page(owner)
        assert "Where is my fern?" in page(owner)

        owner.post(f"/past/letters/{row().pk}/columns", COLUMNS)
        carry_on()

        assert "Which column holds what?" in page(owner)
        assert (row().state, row().counts["questions"], row().counts["bad"]) == (State.ASKED, 1, 1)

    def test_that_say_too_little_are_asked_again(self, owner):
        hand_in(owner, TABLE)

        answer = owner.post(f"/past/letters/{row().pk}/columns", COLUMNS | {"at": ""})

        assert answer.status_code == 422
        assert "This has to be known." in answer.content.decode()
        assert row().state == State.ASKED


class TestAgreeing:
    @pytest.fixture
    def looked_through(self, owner):
        hand_in(owner, TABLE)
        owner.post(f"/past/letters/{row().pk}/columns", COLUMNS)
        carry_on()

    @pytest.mark.parametrize("said", [{"basis": "because"}, {"since": ""}, {"since": "2999-01-01"}])
    def test_needs_a_basis_and_a_day_that_was(self, owner, looked_through, said):
        answer = owner.post(f"/past/letters/{row().pk}/beginning", AGREED | said)

        assert answer.status_code == 422
        assert row().state == State.ASKED

    def test_brings_them_in_and_says_what_was_not_taken(self, owner, looked_through):
        owner.post(f"/past/letters/{row().pk}/beginning", AGREED)
        carry_on()

        assert "Your letters are here" in page(owner)
        assert "day and month could be either" in page(owner)
        report = owner.get(f"/past/letters/{row().pk}/report")
        assert report.headers["Content-Disposition"].startswith("attachment")
        assert report.content.decode().splitlines()[1].startswith("3,")

    def test_can_be_undone_from_its_page(self, owner, looked_through):
        owner.post(f"/past/letters/{row().pk}/beginning", AGREED)
        carry_on()
        owner.post(f"/past/letters/{row().pk}/undoing")
        carry_on()

        assert "Taken out again" in page(owner)
        assert not Message.objects.exists()

    def test_can_be_refused(self, owner, looked_through):
        number = row().pk
        owner.post(f"/past/letters/{number}/discarding")

        assert not Bringing.objects.exists()
        assert not sealed_files.is_there(number)

    def test_what_was_brought_in_is_not_forgotten_by_that(self, owner, looked_through):
        owner.post(f"/past/letters/{row().pk}/beginning", AGREED)
        carry_on()

        owner.post(f"/past/letters/{row().pk}/discarding")

        assert Message.objects.count() == 1
        assert row().state == State.DONE
        assert row().ours == US


class TestThePage:
    def test_asks_few_questions_however_many_imports_there_were(self, owner, django_assert_max_num_queries):
        for _ in range(12):
            hand_in(owner, as_mbox(conversations(1)))
        owner.get("/past")
        with django_assert_max_num_queries(20):
            assert owner.get("/past").status_code == 200


class TestWhoseAddresses:
    def test_that_look_like_the_shops_are_offered_where_none_was_named(self, owner):
        hand_in(owner, as_mbox(conversations(4)), ours="")
        carry_on()

        shown = page(owner)
        assert "Which addresses are yours?" in shown
        assert f'value="{US}"' in shown
        assert "kim0@post.example" not in shown.split('id="who"')[1].split("</form>")[0]

    def test_once_named_turn_letters_into_answers_without_the_file_being_handed_in_again(self, owner):
        hand_in(owner, as_mbox(conversations(4)), ours="")
        carry_on()
        assert row().counts["answers"] == 0

        owner.post(f"/past/letters/{row().pk}/ours", {"ticked": US})
        carry_on()

        assert (row().counts["questions"], row().counts["answers"]) == (4, 4)
        assert "Which addresses are yours?" not in page(owner)

    def test_have_to_be_named_to_look_again(self, owner):
        hand_in(owner, as_mbox(conversations(4)), ours="")
        carry_on()

        answer = owner.post(f"/past/letters/{row().pk}/ours", {})
        assert answer.status_code == 422
        assert "Tick or write at least one address." in answer.content.decode()
        assert row().state == State.ASKED

    def test_stay_as_they_are_once_it_has_begun(self, owner):
        hand_in(owner, as_mbox(conversations(4)))
        carry_on()
        owner.post(f"/past/letters/{row().pk}/beginning", AGREED)

        owner.post(f"/past/letters/{row().pk}/ours", {"others": "else@fern.example"})
        assert "else@fern.example" not in row().ours
