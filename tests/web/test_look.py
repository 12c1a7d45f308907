"""The stylesheet, the sprite and the templates keep the promises that `look.md` makes."""

import re
from pathlib import Path

import pytest

from courtesy.web import icons, stylesheet

PACKAGE = Path(stylesheet.__file__).resolve().parent.parent
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
TAG = re.compile(r"<[a-zA-Z](?:[^<>{}]|\{\{.*?\}\}|\{%.*?%\})*>", re.DOTALL)
ICON = re.compile(r"""\bicon(?:=|\()"([a-z-]+)\"""")


class TestTheStylesheet:
    def test_is_what_the_small_files_say(self):
        assert stylesheet.SERVED.read_text() == stylesheet.stylesheet(), "run: python -m courtesy.web.stylesheet"

    def test_stays_under_60_kilobytes(self):
        assert len(stylesheet.stylesheet().encode()) < 60_000

    def test_leaves_no_file_out_and_loads_nothing_from_elsewhere(self):
        text = stylesheet.stylesheet()

        for file in (PACKAGE / "web" / "css").rglob("*.css"):
            assert file == stylesheet.SOURCE or file.read_text() in text
        assert "@import" not in text
        assert "url(" not in text


class TestTheSprite:
    def test_has_every_icon_that_a_template_names(self):
        named = {name for file in TEMPLATES for name in ICON.findall(file.read_text())}

        assert named
        assert named <= set(icons.names())


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
class TestEveryTemplate:
    def test_has_nothing_inline(self, file):
        text = file.read_text()

        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on", text)
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script
            assert "nonce=" in script

    def test_gives_every_htmx_element_its_nonce(self, file):
        for tag in TAG.findall(file.read_text()):
            if re.search(r"\shx-(?!nonce)", tag):
                assert "nonce" in tag, tag

    def test_escapes_what_it_shows(self, file):
        text = file.read_text()

        assert "autoescape false" not in text
        for found in re.findall(r"\{\{[^}]*\|\s*safe\b[^}]*\}\}", text):
            assert found == "{{ beside|safe }}", "only the layout's own block may be marked safe"


class TestTheWatch:
    """The checks above, shown something bad."""

    def test_sees_an_htmx_element_without_a_nonce(self):
        tags = TAG.findall('<div hx-get="/x" {% if a > b %}hidden{% endif %}>{{ a }}</div><p>')

        assert [tag for tag in tags if re.search(r"\shx-(?!nonce)", tag) and "nonce" not in tag]


class TestSentences:
    def test_can_be_extracted(self, tmp_path):
        from babel.messages.frontend import CommandLineInterface  # noqa: PLC0415  (slow to import, used once)

        root = PACKAGE.parent
        into = tmp_path / "all.pot"
        CommandLineInterface().run(
            ["pybabel", "-q", "extract", "-F", str(root / "babel.cfg"), "-o", str(into), str(root)]
        )

        assert "Take it back" in into.read_text()
        assert "There is nothing here" in into.read_text()
