"""Logs say what went wrong and where, and nothing about anybody."""

import io
import logging
import logging.config
import sys
import threading

import pytest
from django.db import connection
from django.test import RequestFactory

from courtesy.config.quiet import QUIET_LOGGING, Quiet, RouteNotAddress, catch_the_rest

SECRET = "ada@marigold.example"


@pytest.fixture
def log():
    """A logger as a running house has it, and what it wrote."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Quiet("{levelname} {name}: {message}", style="{"))
    handler.addFilter(RouteNotAddress())
    logger = logging.getLogger("courtesy.test_quiet")
    logger.addHandler(handler)
    yield logger, written
    logger.removeHandler(handler)


def breaks() -> None:
    raise ValueError(f"could not read {SECRET}")


class TestAnException:
    def test_is_logged_as_its_class_and_its_place(self, log):
        logger, written = log
        try:
            breaks()
        except ValueError:
            logger.exception("job %s failed", 7)

        assert "ValueError" in written.getvalue()
        assert "breaks" in written.getvalue()
        assert SECRET not in written.getvalue()

    def test_would_be_told_whole_by_an_ordinary_log(self, log):
        logger, written = log
        logger.handlers[0].setFormatter(logging.Formatter())
        try:
            breaks()
        except ValueError:
            logger.exception("job failed")

        assert SECRET in written.getvalue()

    def test_keeps_its_text_out_even_where_it_was_caused_by_another(self, log):
        logger, written = log
        try:
            try:
                breaks()
            except ValueError as trouble:
                raise RuntimeError(f"again {SECRET}") from trouble
        except RuntimeError as trouble:
            logger.exception("failed: %s", trouble)

        assert SECRET not in written.getvalue()

    @pytest.mark.django_db(databases="__all__")
    def test_of_a_database_tells_nothing_of_the_row(self, log):
        logger, written = log
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"select '{SECRET}' from no_such_table")
        except Exception:
            logger.exception("the database refused")

        assert SECRET not in written.getvalue()

    def test_that_nobody_catches_is_told_without_its_text_too(self, monkeypatch, capsys):
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)
        monkeypatch.setattr(threading, "excepthook", threading.excepthook)
        written = io.StringIO()
        handler = logging.StreamHandler(written)
        handler.setFormatter(Quiet("{levelname} {name}: {message}", style="{"))
        monkeypatch.setattr(logging.getLogger("courtesy.processes"), "handlers", [handler])
        catch_the_rest()
        thread = threading.Thread(target=breaks)
        thread.start()
        thread.join()
        sys.excepthook(ValueError, ValueError(SECRET), None)

        assert written.getvalue().count("ValueError") == 2
        assert SECRET not in written.getvalue() + "".join(capsys.readouterr())


class TestARequest:
    def test_is_named_by_its_route(self, log):
        logger, written = log
        request = RequestFactory().get(f"/evidence/a-secret-token?address={SECRET}")
        logger.error("Internal Server Error: %s", request.path, extra={"request": request, "status_code": 500})

        assert "secret" not in written.getvalue()
        assert SECRET not in written.getvalue()
        assert "500" in written.getvalue()


class TestTheSettings:
    def test_send_everything_through_the_quiet_handler(self):
        assert QUIET_LOGGING["root"]["handlers"] == ["console"]
        assert all(not logger.get("handlers") for logger in QUIET_LOGGING["loggers"].values())
        assert QUIET_LOGGING["handlers"]["console"]["filters"] == ["route"]
        assert QUIET_LOGGING["formatters"]["quiet"]["()"].endswith(".Quiet")
