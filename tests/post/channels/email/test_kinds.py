import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.post.channels.email.kinds import EXECUTABLE, LONGEST_FILE_NAME, is_another, kind_of, refusal, safe_name
from courtesy.post.channels.email.parsing import parse, part
from courtesy.post.channels.incoming import Mark, Unreadable
from tests.post.channels.email.letters import EXE, GIF, LETTERS, PDF, PNG, letter

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


class TestKindOf:
    @pytest.mark.parametrize(
        ("content", "name", "kind"),
        [
            (PNG, "a.png", "image/png"),
            (GIF, "a.gif", "image/gif"),
            (b"\xff\xd8\xff\xe0", "a.jpg", "image/jpeg"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", "image/webp"),
            (PDF, "a.pdf", "application/pdf"),
            (zipped("[Content_Types].xml", "word/document.xml"), "a.docx", WORD),
            (zipped("a.txt"), "a.zip", "application/zip"),
            (zipped("META-INF/MANIFEST.MF", "A.class"), "a.zip", "application/x-executable"),
            (EXE, "a.txt", "application/x-executable"),
            (b"#!/bin/sh\nrm -rf /", "a.txt", "application/x-script"),
            (b"Hello", "a.bin", "text/plain"),
            (b"<!DOCTYPE html><p>", "a.txt", "text/html"),
            (b"  <script>alert(1)</script>", "a.png", "text/html"),
            (b'<?xml version="1.0"?><svg onload="x">', "a.png", "image/svg+xml"),
            (b"\0\1\2\3", "a.png", "application/octet-stream"),
            (b"", "a.png", "application/octet-stream"),
        ],
    )
    def test_is_read_from_the_content(self, content, name, kind):
        assert kind_of(content, name, "image/png") == kind

    @given(st.binary(max_size=100), st.text(max_size=20))
    def test_is_read_from_anything(self, content, name):
        assert "/" in kind_of(content, name)


class TestRefusal:
    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (EXE, "holiday.jpg"),
            (b"hello", "run.exe"),
            (b"hello", "invoice.pdf.exe"),
            (b"hello", "invoice.exe ."),
            (b"hello", "a.JS"),
            (b"#!/bin/sh", "readme.txt"),
            (b"L\0\0\0\x01\x14\x02\0rest", "a.txt"),
            (zipped("META-INF/MANIFEST.MF"), "a.zip"),
        ],
    )
    def test_holds_back_what_a_double_click_would_run(self, content, name):
        assert refusal(content, name, kind_of(content, name)) == EXECUTABLE

    @pytest.mark.parametrize(
        ("content", "name"), [(PNG, "a.png"), (b"<html>", "a.html"), (PDF, "a"), (b"hi", "notes.txt")]
    )
    def test_leaves_the_rest_to_be_downloaded(self, content, name):
        assert refusal(content, name, kind_of(content, name)) == ""

    def test_reaches_whoever_asks_for_the_file(self):
        raw = LETTERS["program"]
        files = parse(raw).mail.parts

        assert [file.refused for file in files] == [EXECUTABLE, EXECUTABLE]
        for file in files:
            with pytest.raises(Unreadable):
                part(raw, file.number)


class TestAFileThatIsAnother:
    def test_is_marked_and_not_shown_within_the_text(self):
        page = b"<html><script>alert(1)</script>"
        raw = letter(files=[("photo.png", "image/png", page)]).replace(b"attachment;", b"inline;")

        mail = parse(raw).mail

        assert mail.parts[0].kind == "text/html"
        assert not mail.parts[0].inline
        assert Mark.OTHER_FILE in mail.marks

    def test_is_not_shown_either_where_its_content_could_be(self):
        raw = letter(files=[("invoice.pdf", "application/pdf", PNG)]).replace(b"attachment;", b"inline;")

        mail = parse(raw).mail

        assert (mail.parts[0].kind, mail.parts[0].inline) == ("image/png", False)
        assert Mark.OTHER_FILE in mail.marks

    @pytest.mark.parametrize(
        ("content", "name", "another"),
        [
            (PNG, "a.png", False),
            (PNG, "a.jpg", False),
            (PNG, "a.pdf", True),
            (b"caf\xe9 \xff\xfe", "a.txt", False),
            (PDF, "a", False),
            (PDF, "a.odd", False),
        ],
    )
    def test_is_one_whose_name_says_something_else(self, content, name, another):
        assert is_another(name, kind_of(content, name)) == another


class TestSafeName:
    @pytest.mark.parametrize(
        ("given", "safe"),
        [
            ("../../etc/passwd", "passwd.txt"),
            ("C:\\Users\\dora\\leaf.png", "leaf.png"),
            ("", "file-3.txt"),
            ("...", "file-3.txt"),
            ("a\r\nb.txt", "a b.txt"),
            ("gnp\u202egpj.txt", "gnpgpj.txt"),
            ("nul.txt", "_nul.txt"),
            ('a<b>:"c|d?*.txt', "a b c d .txt"),
            ("x" * 300 + ".txt", "x" * 116 + ".txt"),
            (".bashrc", "bashrc.txt"),
        ],
    )
    def test_is_one_any_computer_takes(self, given, safe):
        assert safe_name(given, "text/plain", 3) == safe

    @given(st.text(max_size=300), st.sampled_from(["text/plain", "image/png", "application/x-odd"]))
    def test_is_never_empty_too_long_or_a_path(self, given, kind):
        name = safe_name(given, kind, 7)

        assert 0 < len(name) <= LONGEST_FILE_NAME
        assert not set(name) & set('/\\<>:"|?*\n\r\0')
        assert name.strip(". ") == name or name.endswith(".")
        assert name not in (".", "..")
