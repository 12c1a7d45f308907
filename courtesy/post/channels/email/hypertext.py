"""HTML of a mail, read twice: as words for people and machines that want plain text, and as the page it draws.

Both begin with nh3, which knows HTML as browsers do and makes it whole; what comes after can rely on that.
"""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3

from courtesy.post.channels.incoming import one_line

LONGEST_HTML = 500_000
"""What is read of it, images that are written into it not counted. The time it takes grows faster than its length."""

_DEEPEST_QUOTE = 8
_MOST_OPEN = 400
_MOST_ENTITIES = 30_000

_TEXT = {"p", "br", "hr", "div", "span", "blockquote", "pre", "code", "h1", "h2", "h3", "h4", "h5", "h6", "center"}
_MARKED = {"b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "small", "big", "sub", "sup", "font", "q", "a"}
_LISTS = {"ul", "ol", "li", "dl", "dt", "dd"}
_TABLES = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
_TAGS = _TEXT | _MARKED | _LISTS | _TABLES | {"img", "article", "section", "header", "footer", "main", "address"}
_GONE_WITH_CONTENT = {
    "script",
    "style",
    "title",
    "head",
    "iframe",
    "object",
    "embed",
    "noscript",
    "template",
    "select",
} | {
    "textarea",
    "svg",
    "math",
    "audio",
    "video",
    "canvas",
}
_SHAPE = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote", "center"}
_BLOCKS = _PARAGRAPHS | {"div", "li", "tr", "dt", "dd", "article", "section", "header", "footer", "main", "address"}
_EMPTY = {"br", "hr", "img"}
_CLOSES_BY_ITSELF = (
    _EMPTY
    | {"p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "option", "meta", "link", "input"}
    | {"o:p", "html", "head", "body", "col", "area", "base", "wbr"}
)

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|max-height\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_TINY = re.compile(r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*[01](?:px)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE)
_LEADS_OUT = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://|www\.)?((?:[\w-]+\.)+[^\W\d_]{2,})\b", re.IGNORECASE)
_WRITTEN_IN = re.compile(r"\bdata:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s%]{100,}")
_TAG = re.compile(r"<[^<>]*>?")
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
_BREAKS = re.compile(r"\n{3,}")


def words(html: str) -> str:
    """The words a person would see, with paragraphs, lists, quotes marked by ``>``, and links as ``text (where)``."""
    reader = _Words()
    reader.feed(_whole(html))
    reader.close()
    return reader.text()


def drawn(html: str, *, part_of: Callable[[str], int], remote_images: bool) -> tuple[str, int]:
    """Safe HTML and how many remote images were left out. ``part_of`` gives the number of a file by its Content-ID,
    0 where there is none: such images have ``data-part`` and no source. Nothing of what comes back can act."""
    reader = _Drawing(part_of, remote_images)
    reader.feed(_whole(html))
    reader.close()
    safe = nh3.clean(
        reader.text(),
        tags=_TAGS,
        clean_content_tags=_GONE_WITH_CONTENT,
        attributes={
            **_SHAPE,
            "a": {"href", "title"},
            "img": {"src", "alt", "width", "height", "data-part", "loading", "referrerpolicy"},
            "span": {"data-blocked"},
        },
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return safe, reader.blocked


def _whole(html: str) -> str:
    html = _WRITTEN_IN.sub("", html)[:LONGEST_HTML]
    if html.count("&") > _MOST_ENTITIES or _nests_too_deep(html):
        # Making such HTML whole takes time that grows with its square; nobody of flesh and blood writes it.
        return escape(_TAG.sub(" ", html.replace("&", " ")))
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_GONE_WITH_CONTENT,
        attributes={**_SHAPE, "*": {"style", "hidden"}, "a": {"href"}, "img": {"src", "alt", "width", "height"}},
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel=None,
    )


def _nests_too_deep(html: str) -> bool:
    open_tags: dict[str, int] = {}
    depth = 0
    for closes, name in _TAG_NAME.findall(html):
        tag = name.lower()
        if tag in _CLOSES_BY_ITSELF:
            continue
        before = open_tags.get(tag, 0)
        open_tags[tag] = max(before - 1, 0) if closes else before + 1
        depth += open_tags[tag] - before
        if depth > _MOST_OPEN:
            return True
    return False


class _Seen(HTMLParser):
    """Goes over whole HTML and hands on what is not hidden; hidden words are for machines, and often a trap."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = 0
        self._hidden_from: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _EMPTY:
            self._open += 1
            if self._hidden_from is None and ("hidden" in given or _HIDDEN.search(given.get("style", ""))):
                self._hidden_from = self._open
        if self._hidden_from is None and not (tag in _EMPTY and _HIDDEN.search(given.get("style", ""))):
            self.begins(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if self._hidden_from is None:
            self.ends(tag)
        elif self._hidden_from == self._open:
            self._hidden_from = None
        self._open -= 1

    def handle_data(self, data: str) -> None:
        if self._hidden_from is None:
            self.says(data)

    def begins(self, tag: str, given: dict[str, str]) -> None:
        """A seen tag opens."""
        raise NotImplementedError

    def ends(self, tag: str) -> None:
        """A seen tag closes."""
        raise NotImplementedError

    def says(self, data: str) -> None:
        """Seen text."""
        raise NotImplementedError


class _Words(_Seen):
    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = [""]
        self._quotes = 0
        self._pre = 0
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int, int]] = []

    def text(self) -> str:
        """All of it."""
        return _BREAKS.sub("\n\n", "\n".join(line.rstrip() for line in self._lines)).strip()

    def begins(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self._lines.append(self._lead())
        elif tag == "hr":
            self._paragraph()
        elif tag == "img":
            return
        elif tag in ("td", "th"):
            self.says("  ") if self._words_on_line() else None
        elif tag == "a":
            self._links.append((given.get("href", ""), len(self._lines) - 1, len(self._lines[-1])))
        elif tag in _BLOCKS:
            self._block_begins(tag, given)

    def _block_begins(self, tag: str, given: dict[str, str]) -> None:
        nested = tag in ("ul", "ol") and self._lists
        self._paragraph() if tag in _PARAGRAPHS and not nested else self._line()
        if tag == "blockquote":
            self._quotes += 1
            self._line()
        elif tag == "pre":
            self._pre += 1
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            start = given.get("start", "")
            self._lists.append(int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1)
        elif tag == "li":
            number = self._lists[-1] if self._lists else None
            self._lines[-1] += "  " * min(max(len(self._lists) - 1, 0), 8) + ("- " if number is None else f"{number}. ")
            if number is not None:
                self._lists[-1] = number + 1

    def ends(self, tag: str) -> None:
        if tag == "a" and self._links:
            href, line, column = self._links.pop()
            said = " ".join([self._lines[line][column:], *self._lines[line + 1 :]]).strip()
            self._lines[-1] += _where(href, said)
        elif tag in _BLOCKS:
            self._quotes -= tag == "blockquote"
            self._pre -= tag == "pre"
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            self._paragraph() if tag in _PARAGRAPHS and not self._lists else self._line()

    def says(self, data: str) -> None:
        if self._pre > 0:
            first, *rest = data.split("\n")
            self._lines[-1] += first
            self._lines += [self._lead() + row for row in rest]
            return
        text = re.sub(r"[ \t\r\n\f\xa0]+", " ", data)
        self._lines[-1] += text if self._words_on_line() else text.lstrip()

    def _lead(self) -> str:
        depth = min(max(self._quotes, 0), _DEEPEST_QUOTE)
        return ">" * depth + " " if depth else ""

    def _words_on_line(self) -> bool:
        return bool(self._lines[-1].strip("> "))

    def _line(self) -> None:
        if self._words_on_line():
            self._lines.append(self._lead())
        else:
            self._lines[-1] = self._lead()

    def _paragraph(self) -> None:
        self._line()
        if len(self._lines) > 1 and self._lines[-2].strip("> "):
            self._lines.append(self._lead())
        elif len(self._lines) > 1:
            # What stands between a quote and what follows it belongs to neither.
            self._lines[-2] = min(self._lines[-2], self._lead(), key=len)


class _Drawing(_Seen):
    def __init__(self, part_of: Callable[[str], int], remote_images: bool) -> None:
        super().__init__()
        self.blocked = 0
        self._part_of = part_of
        self._remote_images = remote_images
        self._out: list[str] = []
        self._links: list[tuple[str, int]] = []

    def text(self) -> str:
        """All of it, not safe yet."""
        return "".join(self._out)

    def begins(self, tag: str, given: dict[str, str]) -> None:
        if tag == "img":
            self._image(given)
        elif tag == "a":
            href = given.get("href", "").strip()
            href = href if _LEADS_OUT.match(href) else ""
            self._links.append((href, len(self._out)))
            self._out.append(_tag("a", {"href": href, "title": one_line(href, 300)}) if href else "<a>")
        else:
            self._out.append(_tag(tag, {name: given[name] for name in _SHAPE.get(tag, ()) if name in given}))

    def ends(self, tag: str) -> None:
        if tag == "a" and self._links:
            href, begin = self._links.pop()
            said = re.sub(r"<[^>]*>", "", "".join(self._out[begin + 1 :]))[:2000]
            if elsewhere := _other_host(href, said):
                self._out.append(escape(f" [{elsewhere}]"))
        self._out.append(f"</{tag}>")

    def says(self, data: str) -> None:
        self._out.append(escape(data))

    def _image(self, given: dict[str, str]) -> None:
        source = given.get("src", "").strip()
        sizes = {name: given[name] for name in ("width", "height") if re.fullmatch(r"\d{1,4}", given.get(name, ""))}
        tiny = any(int(size) <= 1 for size in sizes.values()) or _TINY.search(given.get("style", ""))
        if tiny or not source:
            return
        alt = one_line(given.get("alt", ""), 200)
        if source[:4].lower() == "cid:":
            if number := self._part_of(source[4:]):
                self._out.append(_tag("img", {"data-part": str(number), "alt": alt, **sizes}))
            return
        if not re.match(r"https?://", source, re.IGNORECASE):
            return
        if self._remote_images:
            quiet = {"loading": "lazy", "referrerpolicy": "no-referrer"}
            self._out.append(_tag("img", {"src": source, "alt": alt, **sizes, **quiet}))
            return
        self.blocked += 1
        self._out.append(f'<span data-blocked="">{escape(alt)}</span>')


def _tag(tag: str, given: dict[str, str]) -> str:
    attributes = [f' {name}="{escape(value)}"' for name, value in given.items()]
    return f"<{tag}{''.join(attributes)}>"


def _where(href: str, said: str) -> str:
    """What is written behind a link in plain text."""
    href = href.strip()
    if not _LEADS_OUT.match(href) or len(href) > 2000:
        return ""
    bare = re.sub(r"^(?:mailto:|tel:|https?://)(?:www\.)?", "", href, flags=re.IGNORECASE).rstrip("/")
    shown = re.sub(r"^(?:https?://)?(?:www\.)?", "", said, flags=re.IGNORECASE).rstrip("/")
    if not said:
        return ""
    return "" if bare.lower() == shown.lower() else f" ({href.removeprefix('mailto:')})"


def _other_host(href: str, said: str) -> str:
    """The host a link leads to, where its text names another one or hides where it goes."""
    if not href.lower().startswith("http"):
        return ""
    try:
        host = (urlsplit(href).hostname or "").rstrip(".")
    except ValueError:
        host = "?"
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = "?"
    named = [found[1].lower() for found in _HOST.finditer(said)]
    base = host.removeprefix("www.")
    same = all(one.removeprefix("www.") == base or base.endswith("." + one.removeprefix("www.")) for one in named)
    return host if (named and not same) or host.startswith("xn--") or ".xn--" in host else ""
