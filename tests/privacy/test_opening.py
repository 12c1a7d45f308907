"""Opening the house: the right key or none of it; a new key only where there are no data."""

import dataclasses
import stat

import pytest
from django.conf import settings

from courtesy.people.models import Person
from courtesy.privacy import keyfile, keys, opening
from courtesy.privacy.models import Key
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Where the key file of this test would be; not there yet."""
    (tmp_path / "var").mkdir()
    place = dataclasses.replace(settings.COURTESY, data_dir=tmp_path / "var", key_file=tmp_path / "shop.key")
    monkeypatch.setattr(settings, "COURTESY", place)
    keyfile.forget()
    yield place.key_file
    keyfile.forget()


@pytest.fixture
def nothing_yet():
    """A house without any data: not even the key every test begins with."""
    Key.objects.all().delete()


@pytest.fixture
def no_change(file):
    """Asserts at the end that neither keys nor people nor the key file changed."""

    def state():
        rows = [(str(k.pk), bytes(k.wrapped or b"")) for k in Key.objects.order_by("pk")]
        return rows, Person.objects.count(), file.read_bytes() if file.exists() else None

    before = []
    yield lambda: before.append(state())
    assert [state()] == before


class TestAFreshHouse:
    def test_gets_a_key_that_only_its_owner_can_read(self, file, nothing_yet):
        keys.open_house(at=NOON)

        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert len(keyfile.master()) == 32
        assert keys.of(keys.HOUSE)

    def test_opens_again_with_the_same_key(self, file, nothing_yet):
        keys.open_house(at=NOON)
        before = file.read_bytes(), keys.of(keys.HOUSE)
        keyfile.forget()
        keys.open_house()

        assert (file.read_bytes(), keys.of(keys.HOUSE)) == before

    def test_goes_on_where_it_was_killed_after_writing_the_key_file(self, file, nothing_yet):
        keyfile.write(bytes(range(32)))
        keys.open_house(at=NOON)

        assert keyfile.master() == bytes(range(32))
        assert keys.of(keys.HOUSE)


class TestAMissingKey:
    def test_refuses_where_there_are_keys_and_tells_of_the_recovery_sheet(self, file, no_change):
        no_change()
        with pytest.raises(keys.KeyTrouble, match="recovery sheet"):
            keys.open_house(at=NOON)
        assert not file.exists()

    def test_refuses_where_there_are_people_though_the_keys_are_gone_too(self, dora, file, no_change):
        Key.objects.all().delete()
        no_change()
        with pytest.raises(keys.KeyTrouble, match="missing"):
            keys.open_house(at=NOON)


class TestAWrongKey:
    def test_refuses_and_changes_nothing(self, file, no_change):
        keyfile.write(bytes(32))
        no_change()
        with pytest.raises(keys.WrongKey, match="another shop"):
            keys.open_house(at=NOON)

    def test_refuses_where_the_keys_are_missing_but_data_are_there(self, dora, file, no_change):
        keyfile.write(bytes(32))
        Key.objects.all().delete()
        no_change()
        with pytest.raises(keys.KeyTrouble, match=r"keys\.db"):
            keys.open_house(at=NOON)

    def test_refuses_where_only_the_houses_own_key_is_missing(self, file, no_change):
        keyfile.write(bytes(32))
        Key.objects.create(wrapped=b"something", created_at=NOON)
        Key.objects.filter(pk=keys.HOUSE).delete()
        no_change()
        with pytest.raises(keys.KeyTrouble):
            keys.open_house(at=NOON)

    def test_would_slip_through_without_the_houses_own_key_to_try_it_on(self, file, nothing_yet):
        keyfile.write(bytes(32))

        keys.open_house(at=NOON)  # nothing to compare with: any key is taken, hence the row


class TestAKeyFile:
    def test_inside_the_data_directory_is_refused(self, file, nothing_yet, monkeypatch):
        inside = settings.COURTESY.data_dir / "deeper" / "shop.key"
        monkeypatch.setattr(settings, "COURTESY", dataclasses.replace(settings.COURTESY, key_file=inside))

        with pytest.raises(keys.KeyTrouble, match="inside the data directory"):
            keys.open_house(at=NOON)
        assert not inside.exists()

    def test_that_leads_inside_by_a_link_is_refused(self, file, nothing_yet, tmp_path):
        (settings.COURTESY.data_dir / "real.key").write_text("x")
        file.symlink_to(settings.COURTESY.data_dir / "real.key")

        with pytest.raises(keys.KeyTrouble, match="inside the data directory"):
            keys.open_house(at=NOON)

    def test_that_others_can_read_is_refused(self, file, nothing_yet):
        keyfile.write(bytes(32))
        file.chmod(0o640)

        with pytest.raises(keys.KeyTrouble, match="chmod 600"):
            keys.open_house(at=NOON)

    @pytest.mark.parametrize("text", ["", "courtesy key 1 abcd", "courtesy key 1 " + "zz" * 32, "ab" * 32, "\xff"])
    def test_that_is_damaged_is_refused(self, file, nothing_yet, text):
        file.write_text(text, encoding="latin-1")
        file.chmod(0o600)

        with pytest.raises(keys.KeyTrouble):
            keys.open_house(at=NOON)

    def test_is_never_written_over(self, file):
        keyfile.write(bytes(32))

        with pytest.raises(keys.KeyTrouble):
            keyfile.write(bytes(range(32)))


def test_every_table_with_sealed_fields_counts_as_data():
    labels = {model._meta.label for model in opening.sealed_models()}

    assert {"people.Person", "people.Handle", "staff.Colleague", "post.Arrival", "post.Outgoing"} <= labels
