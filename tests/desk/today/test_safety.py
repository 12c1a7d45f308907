"""The line about backups says of when, proved when, or what is wrong and what to do."""

import dataclasses
from datetime import timedelta

import pytest
from django.conf import settings

from courtesy.desk.today import safety
from courtesy.privacy.models import Backup, Drill
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")


def made(days: float, problem: str = "") -> None:
    Backup.objects.create(at=NOON - timedelta(days=days), name="courtesy-….backup", size=1, problem=problem)


def proved(days: float, problem: str = "") -> None:
    Drill.objects.create(at=NOON - timedelta(days=days), backup_at=NOON - timedelta(days=days), problem=problem)


class TestTheLine:
    def test_says_of_when_and_proved_when(self):
        made(0.1)
        proved(3)

        assert safety.line(at=NOON).words == "Backup of today, last proved 3 days ago."
        assert safety.line(at=NOON).tone == "calm"

    def test_is_quiet_before_the_first(self):
        assert safety.line(at=NOON).words == "The first backup is made within minutes."

    def test_says_where_none_are_made(self, monkeypatch):
        monkeypatch.setattr(settings, "COURTESY", dataclasses.replace(settings.COURTESY, backups=None))

        assert safety.line(at=NOON).badge == "off"

    def test_says_why_the_last_one_was_not_made(self):
        made(1)
        made(0.1, "The backup could not be written (No space left on device).")
        line = safety.line(at=NOON)

        assert (line.tone, line.badge) == ("alert", "failed")
        assert line.words.startswith("Backup of yesterday. The backup could not be written (No space left")
        assert "courtesy backup" in line.help

    def test_minds_one_that_would_not_save_us_more_than_its_age(self):
        made(5)
        proved(8)
        proved(1, "courtesy-….backup: Damaged: courtesy.db between byte 0 and 1048576.")

        assert safety.line(at=NOON).words.startswith("The newest backup would not save us. courtesy-")

    @pytest.mark.parametrize(("backup", "drill", "badge"), [(3, 1, "old"), (0.1, 12, "long unproved")])
    def test_cares_when_it_gets_old(self, backup, drill, badge):
        made(backup)
        proved(drill)

        assert (safety.line(at=NOON).badge, safety.line(at=NOON).tone) == (badge, "care")

    def test_stands_on_today(self, ada, signed_in):
        made(0)
        page = signed_in(ada).get("/").content.decode()

        assert "not proved yet" in page
