"""A browser without a screen and without JavaScript: it keeps cookies, reads forms and sends them as they stand."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form of a page as a browser would send it: ``fields`` are what stands in it already."""

    action: str = ""
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._area: str | None = None
        self._select: str | None = None
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {k: v or "" for k, v in attrs}
        if tag == "form":
            self.forms.append(Form(a.get("action", ""), a.get("method", "get").lower()))
            self._open = True
        if not self._open:
            return
        form, name = self.forms[-1], a.get("name", "")
        if tag == "input" and name:
            kind = a.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in a:
                return
            if kind == "submit":
                form.buttons.append((name, a.get("value", "")))
                return
            form.fields[name] = a.get("value", "on" if kind == "checkbox" else "")
        elif tag == "textarea" and name:
            self._area, form.fields[name] = name, ""
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and (self._select not in form.fields or "selected" in a):
            form.fields[self._select] = a.get("value", "")
        elif tag == "button" and name:
            form.buttons.append((name, a.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._open:
            self.forms[-1].fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        elif tag == "textarea" and self._area is not None:
            # HTML drops the first newline of a textarea.
            self.forms[-1].fields[self._area] = self.forms[-1].fields[self._area].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None


@dataclass
class Page:
    """What came back."""

    url: str
    status: int
    text: str

    @property
    def forms(self) -> list[Form]:
        parser = _Forms()
        parser.feed(self.text)
        return parser.forms

    def form(self, *, having: str = "", action: str = "") -> Form:
        """The first form with a field or button called ``having`` and an address containing ``action``."""
        for form in self.forms:
            names = {*form.fields, *(name for name, _ in form.buttons)}
            if (not having or having in names) and action in form.action:
                return form
        raise AssertionError(f"no form with {having or action!r} on {self.url} ({self.status})")


class Visitor:
    """``go`` to an address, ``send`` a form of the page one is on."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.page = Page(base, 0, "")

    def _open(self, request: urllib.request.Request) -> Page:
        try:
            with self._opener.open(request, timeout=15) as answer:
                self.page = Page(answer.url, answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            self.page = Page(error.url or request.full_url, error.code, error.read().decode(errors="replace"))
        return self.page

    def go(self, address: str) -> Page:
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.page.url or self.base, address)))

    def send(self, form: Form, **changes: str) -> Page:
        """Send it as it stands, with ``changes`` typed in (a None-like empty string sends an empty field)."""
        address = urllib.parse.urljoin(self.page.url, form.action or self.page.url)
        body = urllib.parse.urlencode({**form.fields, **changes})
        if form.method == "get":
            return self.go(f"{address}?{body}")
        request = urllib.request.Request(
            address, data=body.encode(), headers={"Origin": self.base, "Referer": self.page.url}
        )
        return self._open(request)
