from hypothesis import given
from hypothesis import strategies as st

from courtesy.web import words


class TestParagraphs:
    def test_part_at_blank_lines_and_keep_single_breaks(self):
        assert words.paragraphs("Hello,\r\n\r\none\ntwo\n\n\n") == "<p>Hello,</p>\n<p>one<br>\ntwo</p>"

    @given(st.text())
    def test_never_let_markup_through(self, text):
        bare = words.paragraphs(text).replace("<p>", "").replace("</p>", "").replace("<br>", "")

        assert "<" not in bare
        assert ">" not in bare


class TestInitials:
    def test_stand_on_a_face(self):
        assert [words.initials(name) for name in ("Chidi Okafor", "Ben", "farah.s@post.example", "")] == [
            "CO", "BE", "FE", "?",
        ]  # fmt: skip

    @given(st.text())
    def test_are_short_whatever_the_name(self, name):
        assert 1 <= len(words.initials(name)) <= 6


class TestNames:
    def test_are_said_as_across_the_shop(self):
        assert words.first_name("Chidi Okafor") == "Chidi"
        assert words.possessive("Ben") == "Ben’s"
        assert words.possessive("Agnes") == "Agnes’"
