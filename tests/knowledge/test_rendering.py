"""Markdown may come from anywhere; what is shown of it cannot act."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.knowledge.rendering import html_of

ALLOWED = {
    *("h2", "h3", "h4", "p", "br", "hr", "ul", "ol", "li", "blockquote", "strong", "em", "s", "code", "pre", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


class TestHtmlOf:
    @pytest.mark.parametrize(
        "wild",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![](https://elsewhere.example/pixel.gif)",
            "[x](javascript:alert(1))",
            "[x](data:text/html,hello)",
            "[x](//elsewhere.example/)",
            "[x](/articles/shipping/away)",
            '<https://elsewhere.example/"onmouseover=alert(1)>',
            "<style>body{display:none}</style>",
            "<form action=/x><button>press</button></form>",
        ],
    )
    def test_lets_nothing_act(self, wild):
        html = html_of(wild)

        assert not re.search(r"<(?:script|img|style|form|button|iframe)\b|<[^>]*\son\w+=", html)
        assert not re.search(r'href="(?:/(?!articles/[\w-]+")|javascript|data)', html)

    @given(st.text(alphabet=st.sampled_from("<>\"'`[]()!#*_-\n /=:aonclickjvsrpthe&;\\|"), max_size=200))
    def test_lets_nothing_act_whatever_is_typed(self, wild):
        tags = set(re.findall(r"<([a-z0-9]+)", html_of(wild)))

        assert tags <= ALLOWED

    def test_leads_to_other_articles_by_name(self):
        assert 'href="/articles/pot-care"' in html_of("[Care](pot-care)")
        assert 'href="/articles/pot-care#soap"' in html_of("[Care](pot-care.md#soap)")

    def test_gives_links_no_way_back_to_us(self):
        assert 'rel="noopener noreferrer"' in html_of("[Tram](https://tram.example/6)")

    def test_begins_headings_below_the_title(self):
        assert html_of("# One\n\n###### Six") == "<h2>One</h2>\n<h4>Six</h4>\n"
