"""How a draft becomes a letter, whose words a letter is, and how it is told to the customer: pure rules."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.desk.lifecycle import telling, wording
from courtesy.desk.lifecycle.models import How, Outcome

DRAFT = ["Wash unglazed clay with hot water only.", "Soap stays in the clay.", "We open at ten."]
FRAME = ("Hello Dora,", "Warm regards,\nBen\nMarigold")


def rows(*articles, public=True):
    return [
        {"text": text, "passage_id": n, "article_id": n, "title": f"Article {n}", "quote": text, "public": public}
        for text, n in zip(DRAFT, articles, strict=True)
    ]


def whose(sent, *, chosen=True):
    return wording.whose(DRAFT, sent, frame=FRAME, chosen=chosen)


class TestALetter:
    def test_keeps_sentences_of_one_passage_together(self):
        letter = wording.letter(FRAME[0], [("One.", 1), ("Two.", 1), ("Three.", 2)], FRAME[1])

        assert letter == "Hello Dora,\n\nOne. Two.\n\nThree.\n\nWarm regards,\nBen\nMarigold"

    @pytest.mark.parametrize(
        "name", ["", "x", "Robert'); DROP", "http://win.example", "info", "42", "Dr. No", "a" * 40, "<b>Bo</b>"]
    )
    def test_greets_by_name_only_where_it_looks_like_one(self, name):
        assert wording.greeting_for("Hello {name},", name) == "Hello,"

    @pytest.mark.parametrize(
        ("name", "called"), [("dora lindqvist", "Dora"), ("O'Brien", "O'Brien"), ("Łukasz", "Łukasz")]
    )
    def test_greets_people_as_they_are_called(self, name, called):
        assert wording.plausible_first_name(name) == called

    def test_examples_in_its_docstrings_hold(self):
        assert doctest.testmod(wording).failed == 0


class TestWhoseWords:
    def test_as_drafted_whatever_the_blanks(self):
        assert whose("Hello Dora,\n\n" + "  ".join(DRAFT) + "\n\nWarm regards,\nBen\nMarigold\n").how == How.AS_DRAFTED

    def test_edited_where_a_word_was_added(self):
        told = whose("Hello Dora,\n\n" + " ".join(DRAFT) + " Come by!\n\nWarm regards,\nBen\nMarigold")

        assert (told.how, told.kept, told.share_changed) == (How.EDITED, 3, 0.0)

    def test_edited_where_the_greeting_is_another(self):
        assert whose("My dear,\n\n" + " ".join(DRAFT)).how == How.EDITED

    def test_edited_where_one_word_of_the_only_sentence_changed(self):
        told = wording.whose(DRAFT[:1], "Wash unglazed clay with warm water only.", frame=FRAME, chosen=True)

        assert (told.how, told.kept) == (How.EDITED, 0)

    def test_own_words_where_nothing_is_left(self):
        assert whose("Please bring it along.").how == How.OWN_WORDS

    def test_a_short_sentence_by_chance_is_nobodys_draft(self):
        told = wording.whose(["Thank you."], "Dear Dora, thank you. Bring it along.", frame=FRAME, chosen=False)

        assert told.how == How.OWN_WORDS

    def test_a_whole_sentence_copied_by_hand_is(self):
        assert whose("Hi! Wash unglazed clay with hot water only.", chosen=False).how == How.EDITED

    @given(sent=st.text(max_size=300))
    def test_any_words_have_an_author(self, sent):
        told = whose(sent)

        assert 0 <= told.kept <= told.sentences <= len(DRAFT)
        assert 0 <= told.share_changed <= 1


class TestTelling:
    def test_marks_the_machines_sentences_and_cites_them(self):
        sent = f"Hello Dora,\n\n{DRAFT[0]} Mine! {DRAFT[2]}\n\nWarm regards,\nBen"
        paragraphs, sources = telling.told(rows(1, 1, 2), sent, slugs={1: "one", 2: "two"})

        middle = [(span.text, span.by_machine, span.source) for span in paragraphs[1]]
        assert middle == [(DRAFT[0], True, 1), ("Mine!", False, 0), (DRAFT[2], True, 2)]
        assert [source.slug for source in sources] == ["one", "two"]
        assert paragraphs[2][0].text == "Warm regards,\nBen"

    def test_never_holds_what_was_thrown_away(self):
        told = str(telling.told(rows(1, 2, 3), f"Hi! {DRAFT[0]}", slugs={1: "one", 2: "two", 3: "three"}))

        assert DRAFT[1] not in told
        assert "Article 2" not in told

    @pytest.mark.parametrize(("public", "slugs"), [(False, {1: "one"}), (True, {})])
    def test_an_internal_note_has_no_title_and_no_words(self, public, slugs):
        _, sources = telling.told(rows(1, 1, 1, public=public), DRAFT[0], slugs=slugs)

        assert sources == (telling.PublicSource(1, "", (), ""),)

    @given(sent=st.text(max_size=300))
    def test_tells_every_sent_sentence_and_nothing_else(self, sent):
        paragraphs, _ = telling.told(rows(1, 1, 2), sent, slugs={})

        told = "".join("".join(span.text.split()) for paragraph in paragraphs for span in paragraph)
        assert len(told) <= len("".join(sent.split()))

    @pytest.mark.parametrize(
        ("how", "kept", "said"),
        [
            (How.OWN_WORDS, 0, "Ben wrote this answer."),
            (How.AS_DRAFTED, 5, "Our assistant, a machine, drafted this answer. Ben read it and sent it as it was."),
            (
                How.EDITED,
                3,
                "Our assistant, a machine, drafted this answer. Ben read it, changed 2 of 5 sentences, and sent it.",
            ),
            (How.EDITED, 5, "Our assistant, a machine, drafted this answer. Ben read it, added words and sent it."),
        ],
    )
    def test_says_who_wrote_and_who_decided(self, how, kept, said):
        assert telling.story(Outcome(how=how, sentences=5, sentences_kept=kept), "Ben") == said
