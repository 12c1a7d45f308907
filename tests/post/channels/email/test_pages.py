"""The formatted side of a mail cannot act, tell tales, or lead astray."""

import pytest

from courtesy.post.channels.email import hypertext
from courtesy.post.channels.email.parsing import Page, page
from tests.post.channels.email.letters import DORA, LETTERS


def drawn(html: str, *, remote_images: bool = False) -> Page:
    return page(
        f"From: {DORA}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}".encode(), remote_images=remote_images
    )


class TestPage:
    def test_keeps_what_gives_a_text_its_shape(self):
        table = '<table><tbody><tr><td colspan="2">e</td></tr></tbody></table>'
        html = f"<h2>Hi</h2><p>a <b>b</b><br>c</p><ul><li>d</li></ul>{table}"

        assert drawn(html).html == html

    def test_is_empty_where_a_mail_has_none(self):
        assert page(LETTERS["plain"]) == Page("", 0)
        assert page(LETTERS["no sender"]) == Page("", 0)

    @pytest.mark.parametrize(
        "html",
        [
            "<script>alert(1)</script>",
            "<SCRIPT SRC=//evil.example/x></SCRIPT>",
            "<img src=x onerror=alert(1)>",
            "<svg><script>alert(1)</script></svg>",
            "<svg/onload=alert(1)>",
            "<iframe src='https://evil.example'></iframe>",
            "<form action='https://evil.example'><input name=q><button>x</button></form>",
            "<a href='javascript:alert(1)'>x</a>",
            "<a href=' jAvA\tscript:alert(1)'>x</a>",
            "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
            "<a href='//evil.example'>x</a>",
            "<p style='background:url(https://evil.example/p.gif)'>x</p>",
            "<style>@import 'https://evil.example/a.css';</style>",
            "<link rel=stylesheet href=https://evil.example/a.css>",
            "<meta http-equiv=refresh content='0;url=https://evil.example'>",
            "<base href='https://evil.example/'>",
            "<object data=https://evil.example></object><embed src=https://evil.example>",
            "<video src=https://evil.example/v poster=https://evil.example/p></video>",
            "<table background=https://evil.example/p><tr><td>x</td></tr></table>",
            "<img srcset='https://evil.example/p 2x'>",
            "<p id=csrf name=token class=button>x</p>",
            "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
            '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
            "<img src='cid:none' data-part=7 data-blocked=1>",
        ],
    )
    def test_cannot_act_or_call_anybody(self, html):
        for remote_images in (False, True):
            found = drawn(html, remote_images=remote_images).html.lower()

            assert "evil.example" not in found
            for word in (
                "<script",
                "onerror=",
                "onload=",
                "javascript:",
                "<form",
                "<input",
                "<iframe",
                "<style",
                "style=",
            ):
                assert word not in found
            for word in ("<svg", "<link", "<meta", "<base", "srcset", "background=", " id=", " class=", "data-part"):
                assert word not in found

    def test_blocks_remote_images_counts_them_and_says_what_they_show(self):
        html = '<p><img src="https://cdn.example/logo.png" alt="Our logo"><img src="http://cdn.example/b.png"></p>'

        assert drawn(html) == Page('<p><span data-blocked="">Our logo</span><span data-blocked=""></span></p>', 2)

    def test_shows_remote_images_when_asked_without_saying_who_looks(self):
        found = drawn('<img src="https://cdn.example/logo.png" alt="Logo">', remote_images=True)

        assert found.blocked == 0
        assert 'src="https://cdn.example/logo.png"' in found.html
        assert 'referrerpolicy="no-referrer"' in found.html

    @pytest.mark.parametrize(
        "pixel",
        [
            '<img src="https://t.example/p" width="1" height="1">',
            '<img src="https://t.example/p" width=0>',
            '<img src="https://t.example/p" style="width:1px;height:1px">',
            '<img src="https://t.example/p" style="display:none">',
            '<div style="display:none"><img src="https://t.example/p"></div>',
        ],
    )
    def test_never_shows_what_is_too_small_to_be_seen(self, pixel):
        for remote_images in (False, True):
            found = drawn(pixel, remote_images=remote_images)

            assert "t.example" not in found.html
            assert found.blocked == 0

    def test_names_the_images_of_the_mail_itself(self):
        found = page(LETTERS["image in its text"])

        assert '<img data-part="3" alt="a brown leaf">' in found.html
        assert "cid:" not in found.html

    def test_says_where_links_lead(self):
        found = drawn('<a href="https://fern.example/pots">our pots</a>').html

        assert 'title="https://fern.example/pots"' in found
        assert 'rel="noopener noreferrer nofollow"' in found
        assert 'target="_blank"' in found

    @pytest.mark.parametrize(
        ("href", "said", "shown"),
        [
            ("https://evil.example/x", "https://bank.example/login", " [evil.example]"),
            ("https://evil.example/x", "<b>www.bank.example</b>", " [evil.example]"),
            ("https://bank.example@evil.example/", "bank.example", " [evil.example]"),
            ("https://bänk.example/", "click here", " [xn--bnk-qla.example]"),
            ("https://www.bank.example/x", "bank.example", ""),
            ("https://login.bank.example/x", "bank.example", ""),
            ("https://bank.example/x", "click here", ""),
            ("mailto:a@bank.example", "a@bank.example", ""),
        ],
    )
    def test_says_a_host_that_is_not_the_one_in_the_words(self, href, said, shown):
        found = drawn(f'<a href="{href}">{said}</a>').html

        assert found.endswith(f"{shown}</a>")
        assert ("[" in found) == bool(shown)

    def test_leaves_out_what_is_hidden(self):
        assert drawn('<p>seen</p><p style="font-size:0">trap</p><span hidden>trap</span>').html == "<p>seen</p>"

    def test_reads_html_that_nests_without_end_as_words(self):
        found = drawn("<div>" * 5000 + "Hello" + "<b>" * 5000).html

        assert "Hello" in found
        assert "<div>" not in found

    def test_the_last_word_is_the_cleaners(self, monkeypatch):
        """Whatever our own drawing lets through, what leaves has been through nh3 once more."""
        monkeypatch.setattr(hypertext._Drawing, "text", lambda _self: "<script>alert(1)</script><p onclick=x>a</p>")

        assert drawn("<p>a</p>").html == "<p>a</p>"
