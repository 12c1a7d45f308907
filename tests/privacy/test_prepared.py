"""Questions whose statement is written once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courtesy.privacy.models import Key
from courtesy.privacy.prepared import Given, NotGiven, Prepared, many, room_for

NOW = timezone.now()
COLUMN = Key._meta.get_field

THESE = Prepared(lambda room: Key.objects.filter(pk__in=many("ids", Key._meta.pk, room)).order_by("created_at"))
SINCE = Prepared(
    lambda: Key.objects.filter(created_at__gte=Given("at", COLUMN("created_at")), holder=Given("who", COLUMN("holder")))
)


@pytest.fixture
def rows(db):
    holder = uuid4()
    return [
        Key.objects.create(holder=holder, wrapped=bytes([n]), created_at=NOW + timedelta(hours=n)) for n in range(7)
    ]


@pytest.mark.django_db(databases=["default", "keys"])
class TestPrepared:
    def test_gives_what_the_query_gives(self, rows):
        for few in (rows[:1], rows[:3], rows):
            ids = [row.pk for row in few]
            assert THESE(room_for(ids), ids=ids) == list(Key.objects.filter(pk__in=ids).order_by("created_at"))

    def test_changes_only_its_values(self, rows):
        with CaptureQueriesContext(connections["keys"]) as asked:
            later = [SINCE(at=NOW + timedelta(hours=hours), who=rows[0].holder) for hours in (0, 5)]
            nobodys = SINCE(at=NOW, who=uuid4())
        assert [len(found) for found in later] == [7, 2]
        assert nobodys == []
        assert len(asked) == 3

    def test_sees_what_was_written_since(self, rows):
        before = SINCE(at=NOW, who=rows[0].holder)
        Key.objects.create(holder=rows[0].holder, wrapped=b"x", created_at=NOW)
        assert len(SINCE(at=NOW, who=rows[0].holder)) == len(before) + 1

    def test_gives_tuples_where_the_query_does(self, rows):
        times = Prepared(lambda limit: Key.objects.order_by("-created_at").values_list("pk", "created_at")[:limit])
        assert times(2) == [(rows[6].pk, rows[6].created_at), (rows[5].pk, rows[5].created_at)]
        assert times.first(1) == times(2)[0]

    def test_finds_none_where_there_is_none(self, db):
        assert THESE.first(1, ids=[uuid4()]) is None

    def test_takes_a_value_for_a_value(self, rows):
        """What somebody typed stays a value, whatever it looks like."""
        words = Prepared(lambda: Key.objects.filter(holder=Given("who", COLUMN("holder"))))
        with pytest.raises(Exception, match="UUID"):
            words(who="x') OR 1=1 --")
        assert words(who=rows[0].holder) == list(Key.objects.filter(holder=rows[0].holder))

    def test_refuses_a_question_without_its_value(self, db):
        with pytest.raises(NotGiven, match="who"):
            SINCE(at=NOW)


class TestRoom:
    @pytest.mark.parametrize(("many", "room"), [(0, 0), (1, 1), (2, 2), (3, 4), (30, 32), (32, 32), (33, 64)])
    def test_is_the_next_power_of_two(self, many, room):
        assert room_for([None] * many) == room
