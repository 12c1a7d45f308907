"""A mail in its thread: folded, with its envelope and its files; and what is refused, to whom."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test.utils import CaptureQueriesContext

from courtesy.conversations.models import Attachment, Envelope, Message
from courtesy.desk.inbox.screen.letters import with_links
from courtesy.privacy import keys
from courtesy.privacy.models import LedgerRow
from courtesy.staff.calling import called_in
from courtesy.staff.models import Colleague
from tests.desk.inbox.mails import comes, mail, png
from tests.desk.inbox.test_answering import compose

pytestmark = pytest.mark.django_db(databases="__all__")

QUOTED = "Thank you!\n\nOn Mon, 23 Nov 2026 at 09:12, Ben <shop@marigold.example> wrote:\n> Hot water only.\n> Ben\n"


def talk_of(browser, message):
    page = browser.get(f"/inbox/{message.thread_id}").content.decode()
    return page.partition('id="talk"')[2].partition('id="dock"')[0]


class TestAMail:
    def test_folds_what_is_quoted_and_keeps_every_word_of_it(self, signed_in, ben):
        talk = talk_of(signed_in(ben), comes(mail(QUOTED)))

        assert "Thank you!" in talk.partition("<details")[0]
        assert "Quoted before" in talk
        assert "Hot water only." in talk.partition("<details")[2]

    def test_of_nothing_but_a_quote_is_not_folded_away(self, signed_in, ben):
        talk = talk_of(signed_in(ben), comes(mail("> Hot water only.\n> Ben")))

        assert "Hot water only." in talk
        assert 'class="fold"><summary>Quoted' not in talk

    def test_that_may_be_forged_says_so(self, signed_in, ben):
        message = comes(mail())
        assert "may be forged" not in talk_of(signed_in(ben), message)
        Envelope.objects.update(verified=Envelope.Verified.FAIL)

        assert "The address may be forged." in talk_of(signed_in(ben), message)

    def test_says_who_else_was_in_it(self, signed_in, ben):
        alone, among = comes(mail("Alone")), comes(mail("Among", cc="Emil <emil@post.example>", subject="Among"))

        assert "message-to" not in talk_of(signed_in(ben), alone)
        assert "emil@post.example" in talk_of(signed_in(ben), among)

    def test_shows_markup_as_words(self, signed_in, ben):
        talk = talk_of(signed_in(ben), comes(mail('<script>alert(1)</script> "quoted" https://a.example/?x=1&y="z')))

        assert "<script>alert" not in talk
        assert 'href="https://a.example/?x=1&amp;y="' in talk

    def test_is_erased_with_its_key_and_the_page_still_stands(self, signed_in, ben, chidi):
        message = comes(mail(files=(("a.pdf", "application/pdf", b"%PDF-1.4 x"),)))
        keys.destroy(message.person_id, at=message.at)

        assert signed_in(ben).get(f"/inbox/{message.thread_id}").status_code == 200

    def test_asks_as_few_questions_with_fifty_as_with_two(self, signed_in, ben):
        first = comes(mail("Number 0", mail_id="n0", files=(("a.txt", "text/plain", b"a"),)))
        browser = signed_in(ben)

        def questions():
            browser.get(f"/inbox/{first.thread_id}")
            with (
                CaptureQueriesContext(connections["default"]) as here,
                CaptureQueriesContext(connections["keys"]) as vault,
            ):
                browser.get(f"/inbox/{first.thread_id}")
            return len(here) + len(vault)

        def come(numbers):
            for n in numbers:
                files = (("a.txt", "text/plain", b"a"),)
                raw = mail(f"Number {n}", mail_id=f"n{n}", refers="<n0@post.example>", files=files)
                assert comes(raw).thread_id == first.thread_id

        come([1])
        few = questions()
        come(range(2, 50))

        assert questions() <= few <= 25  # each mail has a key of its own: one question for all of them


class TestAFile:
    @pytest.fixture
    def with_files(self):
        return comes(
            mail(
                files=(
                    ("pot.png", "image/png", png()),
                    ("page.html", "text/html", b"<script>alert(1)</script>"),
                    ("drawing.svg", "image/svg+xml", b"<svg onload='alert(1)'/>"),
                    ("invoice\u202efdp.exe", "application/pdf", b"MZ\x90"),
                    ("liar.png", "image/png", b"<html><script>alert(1)</script></html>"),
                )
            )
        )

    def served(self, browser, message, name):
        row = next(one for one in message.attachments.all() if one.name == name)
        return browser.get(f"/files/{row.pk}")

    @pytest.mark.parametrize("name", ["pot.png", "page.html", "drawing.svg", "liar.png"])
    def test_is_handed_out_so_that_nothing_in_it_acts(self, signed_in, ben, with_files, name):
        response = self.served(signed_in(ben), with_files, name)

        assert response.status_code == 200
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Content-Type"] == ("image/png" if name == "pot.png" else "application/octet-stream")

    def test_that_a_computer_would_run_is_listed_and_not_handed_out(self, signed_in, ben, with_files):
        refused = next(one for one in with_files.attachments.all() if one.refused)
        browser = signed_in(ben)

        assert browser.get(f"/files/{refused.pk}").status_code == 404
        talk = talk_of(browser, with_files)
        assert "A computer would run it; it is not handed out." in talk
        assert f"/files/{refused.pk}" not in talk
        assert "\u202e" not in talk

    def test_that_was_let_through_before_the_rule_is_refused_by_the_rule_of_today(self, signed_in, ben, with_files):
        Attachment.objects.update(refused="")

        statuses = [signed_in(ben).get(f"/files/{one.pk}").status_code for one in with_files.attachments.all()]

        assert statuses.count(404) == 1

    def test_only_real_pictures_are_shown(self, signed_in, ben, with_files):
        talk = talk_of(signed_in(ben), with_files)

        assert talk.count("<img ") == 1
        assert 'alt="pot.png"' in talk

    def test_that_waits_is_its_writers_alone(self, signed_in, ada, ben, vera):
        message, browser = comes(mail()), signed_in(ben)
        form = compose(browser, message) | {"words": "Here."}
        browser.post(f"/inbox/{message.thread_id}/words", form | {"files": [SimpleUploadedFile("a.txt", b"mine")]})
        waiting = Attachment.objects.get(message=None)

        assert browser.get(f"/files/{waiting.pk}").content == b"mine"
        for other in (ada, vera):
            assert signed_in(other).get(f"/files/{waiting.pk}").status_code == 404
        remove = {"words": "x", "tab": form["tab"], "do": f"remove:{waiting.pk}"}
        assert signed_in(ada).post(f"/inbox/{message.thread_id}/words", remove).status_code == 404
        assert Attachment.objects.filter(pk=waiting.pk).exists()
        assert "a.txt" not in signed_in(ada).get(f"/inbox/{message.thread_id}?write=reply").content.decode()

    def test_of_a_message_cannot_be_taken_out_of_it(self, signed_in, ben, with_files):
        row = with_files.attachments.first()

        response = signed_in(ben).post(
            f"/inbox/{with_files.thread_id}/words", {"words": "x", "tab": "reply-x", "do": f"remove:{row.pk}"}
        )

        assert response.status_code == 404
        assert Attachment.objects.filter(pk=row.pk).exists()

    def test_that_is_guessed_is_not_found(self, signed_in, ben):
        assert signed_in(ben).get(f"/files/{uuid4()}").status_code == 404

    def test_is_not_for_strangers(self, client, with_files):
        response = client.get(f"/files/{with_files.attachments.first().pk}")

        assert response.status_code == 302
        assert "sign-in" in response["Location"]


class TestTheWholeMail:
    def test_is_for_managers_and_it_is_written_down(self, signed_in, ben, mia):
        message = comes(mail("All of it."))
        assert signed_in(ben).get(f"/messages/{message.pk}/source").status_code == 404

        response = signed_in(mia).get(f"/messages/{message.pk}/source")

        assert b"All of it." in response.content
        assert response["Content-Disposition"] == f'attachment; filename="message-{message.pk}.eml"'
        assert response["Content-Type"] == "application/octet-stream"
        assert LedgerRow.objects.filter(what="source handed out").exists()

    def test_of_what_was_written_here_is_not_found(self, signed_in, ben, mia):
        message = comes(mail())
        browser = signed_in(ben)
        browser.post(f"/inbox/{message.thread_id}/notes", {"words": "For us", "tab": ""})
        note = Message.objects.get(kind="note")

        assert signed_in(mia).get(f"/messages/{note.pk}/source").status_code == 404
        assert signed_in(mia).get(f"/messages/{2**70}/source").status_code == 404


class TestAsItWasSent:
    HTML = '<p>Dear shop</p><img src="cid:pot"><img src="https://t.example/pixel.gif" width="50" height="50">'

    @pytest.fixture
    def formatted(self):
        return comes(mail(html=self.HTML, pictures=(("pot", png()),)))

    def test_stands_in_a_frame_in_which_nothing_acts(self, signed_in, vera, formatted):
        browser = signed_in(vera)
        around, inside = (browser.get(f"/messages/{formatted.pk}/original{end}") for end in ("", "/page"))

        assert 'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"' in around.content.decode()
        assert "frame-src 'self'" in around["Content-Security-Policy"]
        policy = inside["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script" not in policy.replace("allow-scripts", "script")
        assert "img-src 'self';" in policy
        assert "sandbox " in policy
        assert inside["X-Frame-Options"] == "SAMEORIGIN"
        assert "t.example" not in inside.content.decode()
        assert 'src="/files/' in inside.content.decode()

    def test_loads_pictures_from_elsewhere_for_one_view_after_it_was_told_what_that_tells(
        self, signed_in, ben, formatted
    ):
        browser = signed_in(ben)
        around = browser.get(f"/messages/{formatted.pk}/original").content.decode()
        assert "tells the sender when, and from which network" in around
        assert "images=all" in around

        inside = browser.get(f"/messages/{formatted.pk}/original/page?images=all")

        assert "https://t.example/pixel.gif" in inside.content.decode()
        assert "img-src 'self' https:;" in inside["Content-Security-Policy"]
        assert "images=all" not in browser.get(f"/messages/{formatted.pk}/original/page").content.decode()

    def test_is_not_there_for_a_mail_of_words(self, signed_in, ben):
        message = comes(mail())

        assert "Show as it was sent" not in talk_of(signed_in(ben), message)
        assert signed_in(ben).get(f"/messages/{message.pk}/original").status_code == 404
        assert signed_in(ben).get(f"/messages/{message.pk}/original/page").status_code == 404


class TestWhoLooksOn:
    def test_reads_everything_and_moves_nothing(self, signed_in, vera, chidi):
        message, browser = comes(mail(files=(("a.txt", "text/plain", b"a"),))), signed_in(vera)

        assert browser.get(f"/files/{message.attachments.get().pk}").status_code == 200
        for address in (
            *(f"/inbox/{message.thread_id}/{what}" for what in ("merging", "blocking", "unblocking", "texts")),
            f"/messages/{message.pk}/splitting",
            f"/moves/{uuid4()}/undoing",
        ):
            assert browser.post(address).status_code == 404, address
        assert browser.get(f"/inbox/{message.thread_id}/merging").status_code == 404


class TestWhatIsMoved:
    @pytest.mark.parametrize("other", ["", "x", "999", str(10**30), "-1"])
    def test_does_not_merge_with_what_is_not_there(self, signed_in, ben, other):
        message = comes(mail())

        response = signed_in(ben).post(f"/inbox/{message.thread_id}/merging", {"other": other})

        assert response.status_code in {302, 404}
        message.refresh_from_db()
        assert message.thread.merged_into_id is None

    def test_does_not_merge_with_itself(self, signed_in, ben):
        message = comes(mail())

        address = f"/inbox/{message.thread_id}/merging"
        assert signed_in(ben).post(address, {"other": message.thread_id}).status_code == 404

    def test_that_nobody_moved_is_not_put_back(self, signed_in, ben):
        assert signed_in(ben).post(f"/moves/{uuid4()}/undoing").status_code == 404


class TestCalling:
    def test_means_the_longer_of_two_names_that_begin_alike(self):
        ben, bennet = Colleague(called="Ben"), Colleague(called="Bennet")

        assert called_in("Ask @Bennet please", [ben, bennet]) == [bennet]
        assert called_in("@ben and @BENNET", [ben, bennet]) == [ben, bennet]
        assert called_in("ben@Ben.example", [ben, bennet]) == []


class TestLinks:
    @pytest.mark.parametrize(
        ("text", "link"),
        [
            ("see https://a.example/b?c=d&e=f.", "https://a.example/b?c=d&amp;e=f"),
            ("(https://a.example)", "https://a.example"),
            ('"https://a.example"', "https://a.example"),
            ("<https://a.example>", "https://a.example"),
        ],
    )
    def test_lead_where_they_say(self, text, link):
        assert f'<a href="{link}" rel="noopener noreferrer nofollow" target="_blank">{link}</a>' in with_links(text)

    @pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "http s://a", "ftp://a.example"])
    def test_are_made_of_nothing_else(self, text):
        assert "<a" not in with_links(text)
