"""Markdown as safe HTML. An article is written by colleagues and imported from anywhere: nothing in it may act."""

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_TAGS = {
    *("h2", "h3", "h4", "p", "br", "hr", "ul", "ol", "li", "blockquote", "strong", "em", "s", "code", "pre", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_TITLE_HEADING = re.compile(r"<(/?)h([1-6])>")


def html_of(text: str) -> Markup:
    """The article's text as HTML: headings begin at the second level, no images, links open with rel=noopener.

    Relative links stay: the address of one article is a sibling of another's, on both front sides.
    """
    drawn = _TITLE_HEADING.sub(lambda tag: f"<{tag[1]}h{min(max(int(tag[2]), 2), 4)}>", _MARKDOWN.render(text))
    return Markup(
        nh3.clean(
            drawn,
            tags=_TAGS,
            attributes={"a": {"href", "title"}, "ol": {"start"}},
            url_schemes={"https", "http", "mailto", "tel"},
            link_rel="noopener noreferrer",
        )
    )
