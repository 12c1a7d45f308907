"""Markup that a browser would rearrange: it moves what it may not hold, and nobody sees why a page looks odd."""

import re
from pathlib import Path

import pytest

import courtesy

TEMPLATES = sorted(Path(courtesy.__file__).parent.rglob("templates/**/*.html"))
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_PARAGRAPH = re.compile(r"<p\b[^>]*>(?:(?!</p>).)*?(?:<form\b|<div\b|<ul\b|ui\.post_button)", re.DOTALL)


class TestAParagraph:
    @pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[-3:]))
    def test_holds_no_form_and_no_block(self, template):
        found = _PARAGRAPH.search(_COMMENT.sub("", template.read_text(encoding="utf-8")))

        assert found is None, f"{template.name}: {found[0][:200]}"
