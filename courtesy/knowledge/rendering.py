"""Markdown as safe HTML. An article is written by colleagues and imported from anywhere: nothing in it may act."""

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

ARTICLES = "/articles/"
"""Where articles are, on both front sides."""

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_TAGS = {
    *("h2", "h3", "h4", "p", "br", "hr", "ul", "ol", "li", "blockquote", "strong", "em", "s", "code", "pre", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_HEADING = re.compile(r"<(/?)h([1-6])>")
_ANOTHER_ARTICLE = re.compile(r"(?:\./)?([\w-]+)(?:\.md)?(#[\w-]*)?")
_ELSEWHERE = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)


def html_of(text: str) -> Markup:
    """The article's text as HTML: headings begin at the second level, no images, links open with rel=noopener.

    A link to ``washing`` or ``washing.md`` leads to the article of that name; other addresses of ours are dropped.
    """
    drawn = _HEADING.sub(lambda tag: f"<{tag[1]}h{min(max(int(tag[2]), 2), 4)}>", _MARKDOWN.render(text))
    return Markup(  # noqa: S704  cleaned by nh3, down to the tags above
        nh3.clean(
            drawn,
            tags=_TAGS,
            clean_content_tags={"script", "style"},
            attributes={"a": {"href", "title"}, "ol": {"start"}},
            attribute_filter=_allowed,
            url_schemes={"https", "http", "mailto", "tel"},
            link_rel="noopener noreferrer",
        )
    )


def _allowed(tag: str, name: str, value: str) -> str | None:
    if (tag, name) != ("a", "href") or _ELSEWHERE.match(value):
        return value
    article = _ANOTHER_ARTICLE.fullmatch(value)
    return f"{ARTICLES}{article[1].lower()}{article[2] or ''}" if article else None
