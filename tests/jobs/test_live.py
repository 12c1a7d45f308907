"""The stream tells every browser what changed, once, in order, and only to those who may hear it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from courtesy.jobs import live
from courtesy.jobs.actions import changed
from courtesy.jobs.models import Change

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


class Browser:
    """One open stream, read as a browser reads it."""

    def __init__(self, app: live.Live, *, cookies: str = "key=ada", heard: str = "") -> None:
        self.inbox: asyncio.Queue[dict] = asyncio.Queue()
        self.text, self.status, self.ended = "", 0, asyncio.Event()
        headers = [(b"cookie", cookies.encode()), *([(b"last-event-id", heard.encode())] if heard else [])]
        scope = {"type": "http", "method": "GET", "path": "/live", "headers": headers}
        self.task = asyncio.ensure_future(self._run(app, scope))

    async def _run(self, app, scope) -> None:
        async def send(message):
            self.status = message.get("status", self.status)
            self.text += message.get("body", b"").decode()

        await app(scope, self.inbox.get, send)
        self.ended.set()

    @property
    def events(self) -> list[str]:
        """What it heard: "name subject", in order."""
        heard = []
        for block in self.text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
            if "event" in lines:
                heard.append(f"{lines['event']} {lines.get('data', '')}".strip())
        return [event for event in heard if event != "here"]

    @property
    def place(self) -> str:
        """The last number it heard, which it names when it comes back."""
        numbers = [line.removeprefix("id: ") for line in self.text.splitlines() if line.startswith("id: ")]
        return numbers[-1] if numbers else ""

    async def until(self, is_so: Callable[["Browser"], bool], seconds: float = 4) -> None:
        async with asyncio.timeout(seconds):
            while not is_so(self):
                await asyncio.sleep(0.01)

    async def leave(self) -> None:
        await self.inbox.put({"type": "http.disconnect"})
        await asyncio.wait_for(self.task, 2)


def happens(name: str, subject: int | str = "") -> None:
    changed(name, subject)
    connection.close()


def listening(story: Callable[[live.Live], Awaitable[None]], *, knows: live.Knows = lambda cookies: True) -> None:
    """Tell a story with a stream application, and close it afterwards."""

    async def whole() -> None:
        app = live.Live(knows)
        try:
            await story(app)
        finally:
            app.close()
            await asyncio.sleep(3 * live.POLL)

    asyncio.run(whole())


class TestAStream:
    def test_tells_what_changed_to_everybody_who_listens(self):
        async def story(app):
            browsers = [Browser(app) for _ in range(5)]
            for browser in browsers:
                await browser.until(lambda b: b.status == 200)
            await asyncio.sleep(4 * live.POLL)
            await asyncio.to_thread(happens, "thread-changed", 7)
            await asyncio.to_thread(happens, "thread-changed", 8)
            for browser in browsers:
                await browser.until(lambda b: b.events == ["thread-changed 7", "thread-changed 8"])
                await browser.leave()

        listening(story)

    def test_tells_a_returning_browser_what_it_missed_without_gap_or_double(self):
        for number in range(1, 6):
            changed("thread-changed", number)
        Change.objects.update(at=timezone.now() - timedelta(hours=1))
        ids = list(Change.objects.order_by("pk").values_list("pk", flat=True))

        async def story(app):
            browser = Browser(app, heard=str(ids[1]))
            await browser.until(lambda b: len(b.events) >= 3)
            await asyncio.to_thread(happens, "thread-changed", 6)
            await browser.until(lambda b: "thread-changed 6" in b.events)
            await asyncio.sleep(3 * live.POLL)
            assert browser.events == [f"thread-changed {n}" for n in (3, 4, 5, 6)]

        listening(story)

    def test_tells_a_new_page_what_happened_while_it_was_on_the_way_and_nothing_older(self):
        changed("old")
        Change.objects.update(at=timezone.now() - timedelta(minutes=1))
        changed("fresh")

        async def story(app):
            browser = Browser(app)
            await browser.until(lambda b: bool(b.events))
            assert browser.events == ["fresh"]

        listening(story)

    def test_tells_a_page_that_heard_nothing_before_the_line_broke_what_it_missed(self):
        happens("inbox")
        Change.objects.update(at=timezone.now() - timedelta(minutes=1))
        connection.close()

        async def story(app):
            quiet = Browser(app)
            await quiet.until(lambda b: b.place)
            await quiet.leave()
            await asyncio.to_thread(happens, "thread", 7)
            await asyncio.to_thread(
                lambda: (Change.objects.update(at=timezone.now() - timedelta(minutes=1)), connection.close())
            )
            back = Browser(app, heard=quiet.place)
            await back.until(lambda b: b.events)
            assert back.events == ["thread 7"]

        listening(story)

    def test_tells_who_missed_too_much_to_look_at_everything_again(self, monkeypatch):
        monkeypatch.setattr(live, "MISSED_AT_MOST", 3)
        for number in range(10):
            changed("thread-changed", number)

        async def story(app):
            browser = Browser(app, heard="1")
            await browser.until(lambda b: b.events == ["reload"])

        first = Change.objects.order_by("pk").first()
        assert first is not None
        Change.objects.filter(pk=first.pk).delete()
        listening(story)

    def test_ends_at_once_when_the_server_closes(self):
        async def story(app):
            browser = Browser(app)
            await browser.until(lambda b: b.status == 200)
            app.close()
            await asyncio.wait_for(browser.ended.wait(), 1)

        listening(story)


class TestWhoMayListen:
    def test_is_asked_when_the_stream_opens(self):
        async def story(app):
            browser = Browser(app, cookies="key=farah")
            await browser.until(lambda b: b.status == 404)
            assert not browser.events

        changed("secret")
        listening(story, knows=lambda cookies: "ada" in cookies)

    def test_is_asked_again_at_each_heartbeat_even_on_a_busy_stream(self, monkeypatch):
        monkeypatch.setattr(live, "HEARTBEAT", 0.3)
        let_in = [True]

        async def story(app):
            browser = Browser(app)
            await browser.until(lambda b: ": still here" in b.text)
            let_in[0] = False
            for number in range(8):
                await asyncio.to_thread(happens, "thread-changed", number)
                await asyncio.sleep(0.1)
            assert browser.ended.is_set()
            assert "thread-changed 7" not in browser.events

        listening(story, knows=lambda cookies: let_in[0])

    def test_is_nobody_beyond_the_number_of_streams_a_process_holds(self, monkeypatch):
        monkeypatch.setattr(live, "STREAMS_AT_MOST", 1)

        async def story(app):
            first = Browser(app)
            await first.until(lambda b: b.status == 200)
            second = Browser(app)
            await second.until(lambda b: b.status == 503)

        listening(story)


class TestTheReader:
    def test_is_started_again_when_it_ended(self):
        async def story(app):
            first = Browser(app)
            await first.until(lambda b: b.status == 200)
            app._reader.stopped = True
            await asyncio.wait_for(app._reading, 2)
            second = Browser(app)
            await second.until(lambda b: b.status == 200)
            await asyncio.sleep(4 * live.POLL)
            await asyncio.to_thread(happens, "thread-changed", 1)
            await second.until(lambda b: b.events == ["thread-changed 1"])

        listening(story)

    def test_hears_a_change_whose_number_is_older_than_the_newest_it_told(self):
        """PostgreSQL gives numbers when rows are written and shows them when they are committed."""
        told: list[live.News] = []
        reader = live.Reader(told.extend)
        reader.start_here()
        changed("first")
        late = Change.objects.get()
        Change.objects.create(pk=late.pk + 1, name="second", at=timezone.now())
        Change.objects.filter(pk=late.pk).delete()
        assert [b"second" in news.frame for news in reader.news()] == [True]

        Change.objects.create(pk=late.pk, name="first", at=timezone.now())
        assert [b"first" in news.frame for news in reader.news()] == [True]
        assert reader.news() == []


class TestAListenerWhoCannotFollow:
    def test_loses_the_oldest_and_is_told_to_look_again(self, monkeypatch):
        listener = live.Listener()
        for number in range(live.QUEUE + 5):
            listener.hear(live.News(number, b""))

        assert listener.lost
        assert listener.waiting.get_nowait().id == 5
