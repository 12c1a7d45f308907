"""Two at the same moment, on real connections to a real file: the first wins, and everybody knows who it was."""

from pathlib import Path

import pytest

from tests.post.theater import Theater, built_in

pytestmark = pytest.mark.house


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    return built_in(tmp_path_factory.mktemp("post") / "house")


@pytest.fixture
def theater(built: Theater, tmp_path: Path) -> Theater:
    return built.copied_to(tmp_path / "house")


class TestUndoAgainstClaim:
    def test_exactly_one_of_the_two_wins(self, theater):
        rounds = theater.run("undo_against_claim")

        assert len(rounds) == 40
        for result in rounds:
            assert {result["taken_back"], result["left"]} == {True, False}
            assert result["state"] == ("taken back" if result["taken_back"] else "sent")


class TestFourSenders:
    def test_each_letter_leaves_by_one_of_them(self, theater):
        (result,) = theater.run("four_senders")
        begun = [letter for one in result["begun"] for letter in one]

        assert len(begun) == len(set(begun)) == 30


class TestFourImporters:
    def test_one_mail_is_one_arrival(self, theater):
        for result in theater.run("keep_at_once"):
            assert result["rows"] == 1
            assert len(set(result["ids"])) == 1


class TestTwentyVisits:
    def test_are_counted_as_twenty(self, theater):
        (result,) = theater.run("knock_at_once")

        assert result["results"].count(None) == 6
        assert result["results"].count("TooMany") == 14


class TestTwoAnswers:
    def test_one_leaves_and_the_other_is_told(self, theater):
        for result in theater.run("two_answers"):
            assert sorted(result["results"]) == ["AlreadyAnswered", "sent"]
            assert result["replies"] == 1
