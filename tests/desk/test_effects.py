"""The one door for replies."""

import ast
from pathlib import Path

import pytest

import courtesy
from courtesy.desk import effects
from tests.sources import mentions

pytestmark = pytest.mark.django_db(databases="__all__")


class TestTheDoor:
    def test_is_the_only_file_that_builds_an_authority_or_knows_post_replies(self):
        house = Path(courtesy.__file__).parent
        doors = set()
        for file in house.rglob("*.py"):
            if not mentions(source := file.read_text(), "replies"):
                continue
            for node in ast.walk(ast.parse(source)):
                names = [getattr(one, "name", one) for one in getattr(node, "names", [])]
                from_post = isinstance(node, ast.ImportFrom) and node.module == "courtesy.post" and "replies" in names
                if (
                    from_post
                    or getattr(node, "module", "") == "courtesy.post.replies"
                    or "courtesy.post.replies" in names
                ):
                    doors.add(file.relative_to(house).as_posix())

        assert doors == {"desk/effects.py"}


class TestTheLineUnderAnAnswer:
    @pytest.mark.parametrize(
        ("how", "url", "line"),
        [
            ("as drafted", "", "checked by Ben. Answer this mail and a person looks again."),
            ("edited", "", "checked and changed by Ben. Answer this mail and a person looks again."),
            ("edited", "https://x.example/e", "checked and changed by Ben · why? https://x.example/e"),
        ],
    )
    def test_says_machine_and_who_checked(self, ben, how, url, line):
        said = effects.line_under(how, by=ben, url=url)

        assert said == f"Drafted by our assistant, a machine; {line}"

    def test_is_empty_for_a_persons_own_words(self, ben):
        assert effects.line_under("own words", by=ben, url="https://x.example/e") == ""

    def test_leaves_asking_to_a_page_that_has_a_button(self, ben):
        assert effects.line_under("as drafted", by=ben, url="", ask=False).endswith("checked by Ben")
