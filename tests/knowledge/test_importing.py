"""A folder of Markdown becomes articles; a bad file says what to do, and the rest flows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.knowledge import actions
from courtesy.knowledge.actions.importing import Unusable, read
from courtesy.knowledge.models import Article
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "care").mkdir()
    (tmp_path / "shipping.md").write_text("# Shipping, times and costs\n\nShipping costs €4.90.")
    (tmp_path / "care" / "wholesale.md").write_text(
        "---\ntitle: 'Wholesale'\naudience: internal\nlanguage: de\nreviewed: 2026-07-03\n---\nAb 150 €."
    )
    return tmp_path


def bring_in(folder):
    return actions.import_folder(folder, by=None, at=NOON)


class TestImportFolder:
    def test_reads_title_audience_language_and_review(self, folder):
        assert bring_in(folder) == actions.Imported(new=2)

        wholesale = Article.objects.get(slug="wholesale")
        assert (wholesale.title, wholesale.text, wholesale.audience, wholesale.language, wholesale.reviewed_on) == (
            "Wholesale", "Ab 150 €.", "internal", "de", date(2026, 7, 3),
        )  # fmt: skip
        assert Article.objects.get(slug="shipping").title == "Shipping, times and costs"

    def test_twice_is_once(self, folder):
        bring_in(folder)

        assert bring_in(folder) == actions.Imported(same=2)

    def test_brings_in_only_what_changed(self, folder):
        bring_in(folder)
        (folder / "shipping.md").write_text("# Shipping, times and costs\n\nShipping costs €5.20.")

        assert bring_in(folder) == actions.Imported(changed=1, same=1)
        assert Article.objects.get(slug="shipping").number == 2

    def test_leaves_alone_what_somebody_put_away(self, folder, ada):
        bring_in(folder)
        actions.archive_article(Article.objects.get(slug="shipping"), by=ada, at=NOON)

        assert bring_in(folder) == actions.Imported(same=2)
        assert Article.objects.get(slug="shipping").archived_at == NOON

    def test_names_a_bad_file_and_what_to_do_and_takes_the_rest(self, folder):
        (folder / "bad.md").write_bytes(b"\xff\xfe\x00")
        (folder / "empty.md").write_text("# Only a title")
        (folder / "front.md").write_text("---\nauthor: Ada\n---\nWords.")
        (folder / "who.md").write_text("---\naudience: friends\n---\nWords.")
        (folder / "when.md").write_text("---\nreviewed: last week\n---\nWords.")
        (folder / "care" / "shipping.md").write_text("Another.")
        result = bring_in(folder)

        assert result.new == 2
        assert {one.file: one.why.split(";")[0].split(":")[0] for one in result.problems} == {
            "bad.md": "It is not UTF-8 text",
            "shipping.md": "It has the same name as care/shipping.md",
            "empty.md": "It holds no words below its title",
            "front.md": "Its front matter has a line that is not one of title, audience, language, reviewed",
            "who.md": "Its audience is not one of public, internal",
            "when.md": "Its reviewed is no date such as 2026-11-24",
        }

    def test_tells_each_file_as_it_goes(self, folder):
        told = []
        actions.import_folder(folder, by=None, at=NOON, progress=told.append)

        assert told == ["care/wholesale.md", "shipping.md"]

    def test_twice_is_once_also_for_names_of_our_own_pages_and_other_scripts(self, folder):
        for stem in ("new", "日本語", "中文"):
            (folder / f"{stem}.md").write_text("Words.")

        assert bring_in(folder).new == 5
        assert bring_in(folder) == actions.Imported(same=5)

    def test_refuses_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(actions.NoSuchFolder):
            bring_in(tmp_path / "nowhere")


class TestRead:
    @given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"---\n{text}\n---\nWords.".encode()))
    def test_reads_or_refuses_whatever_the_bytes_are(self, raw):
        try:
            written = read("name", raw)
        except Unusable:
            return
        assert written.title or written.title == ""
        assert written.text
