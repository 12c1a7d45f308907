import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.post.channels.email.headers import addresses, date, mail_ids, settings, words
from courtesy.post.channels.incoming import Address


class TestWords:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("plain", "plain"),
            ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
            ("=?ISO-8859-1?B?R3L832U=?=", "Grüße"),
            ("=?utf-8?q?a_b?= and =?utf-8?q?c?=", "a b and c"),
            ("=?utf-8?q?one?= =?utf-8?q?two?=", "onetwo"),
            ("=?utf-8?Q?=C3?=\r\n =?utf-8?Q?=BC?=", "ü"),
            ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
            ("=?utf-8*de?Q?=C3=BC?=", "ü"),
            ("=?x-none?Q?caf=E9?=", "café"),
            ("=?utf-8?Q?with spaces?=", "with spaces"),
            ("=?utf-8?X?no?=", "=?utf-8?X?no?="),
        ],
    )
    def test_are_read(self, written, read):
        assert words(written) == read

    @given(st.text(max_size=200))
    def test_are_read_from_anything(self, written):
        assert isinstance(words(written), str)


class TestAddresses:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("dora@post.example", [("dora@post.example", "")]),
            ("Dora Lind <dora@post.example>", [("dora@post.example", "Dora Lind")]),
            (
                '"Lind, Dora" <dora@post.example>, b@post.example',
                [("dora@post.example", "Lind, Dora"), ("b@post.example", "")],
            ),
            ("Lind, Dora <dora@post.example>", [("dora@post.example", "Lind, Dora")]),
            ("dora@post.example (Dora (the) Lind)", [("dora@post.example", "Dora (the) Lind")]),
            ("=?utf-8?Q?Lind,_D=C3=B6ra?= <dora@post.example>", [("dora@post.example", "Lind, Döra")]),
            ("a@post.example; b@post.example", [("a@post.example", ""), ("b@post.example", "")]),
            ("friends: a@post.example, b@post.example;", [("a@post.example", ""), ("b@post.example", "")]),
            ("undisclosed-recipients:;", []),
            ("<mailto:dora@post.example>", [("dora@post.example", "")]),
            ("<@one.example,@two.example:dora@post.example>", [("dora@post.example", "")]),
            ('"a@evil.example" <dora@post.example>', [("dora@post.example", "a@evil.example")]),
            ('"He said \\"hi\\"" <dora@post.example>', [("dora@post.example", 'He said "hi')]),
            ("Dora <dora@post.example", [("dora@post.example", "Dora")]),
            ("Dora <dora@bücher.example>", [("dora@xn--bcher-kva.example", "Dora")]),
            ("nobody <>", []),
            ("MAILER-DAEMON", []),
            ("a@b@c.example", []),
        ],
    )
    def test_are_read(self, written, read):
        assert addresses(written) == [Address(address, name) for address, name in read]

    def test_do_not_let_a_name_pass_for_an_address(self):
        # CVE-2023-27043 was this: what stands in a comment or a quote is no address.
        assert [one.address for one in addresses("alice@good.example)bob@evil.example")] != ["bob@evil.example"]
        assert [one.address for one in addresses("(a@evil.example) <b@good.example>")] == ["b@good.example"]

    @given(st.text(max_size=200))
    def test_are_read_from_anything(self, written):
        for one in addresses(written):
            assert one.address.count("@") == 1


class TestMailIds:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("<a@b.example>", ["<a@b.example>"]),
            (" <a@b.example>\r\n\t<c@d.example>", ["<a@b.example>", "<c@d.example>"]),
            ("<a@b.example><c@d.example>", ["<a@b.example>", "<c@d.example>"]),
            ("Your mail of Monday <a@b.example>", ["<a@b.example>"]),
            ("a@b.example", ["<a@b.example>"]),
            ("<a\r\n b@c.example>", ["<ab@c.example>"]),
            ("<>", []),
            ("none", []),
        ],
    )
    def test_are_read(self, written, read):
        assert mail_ids(written) == read


class TestDate:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("Mon, 23 Nov 2026 18:04:05 +0100", "2026-11-23T17:04:05+00:00"),
            ("23 Nov 2026 18:04 -0000", "2026-11-23T18:04:00+00:00"),
            ("Mon, 23 Nov 2026 18:04:05 CET (Central)", "2026-11-23T18:04:05+00:00"),
            ("Mon, 23 Nov 26 18:04:05 GMT", "2026-11-23T18:04:05+00:00"),
        ],
    )
    def test_is_read(self, written, read):
        found = date(written)
        assert found is not None
        assert found.isoformat() == read

    @pytest.mark.parametrize("written", ["", "yesterday", "Mon, 99 Foo 20266 77:88:99 +9999", "1 Jan 1970 00:00 +0000"])
    def test_is_none_where_no_clock_shows_it(self, written):
        assert date(written) is None

    @given(st.text(max_size=60))
    def test_is_read_from_anything(self, written):
        date(written)


class TestSettings:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ('attachment; filename="a b.txt"', "a b.txt"),
            ("attachment; filename=a.txt; size=3", "a.txt"),
            ("attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.txt", "Grüße.txt"),
            ("attachment; filename*0*=iso-8859-1''Gr%FC; filename*1=%C3.txt", "Grü%C3.txt"),
            ("attachment; filename*1=b.txt; filename*0=a", "ab.txt"),
            ('attachment; filename="a;b.txt"', "a;b.txt"),
            ('attachment; filename="a\\"b.txt"', 'a"b.txt'),
            ('attachment; filename="open', "open"),
        ],
    )
    def test_are_read(self, written, name):
        assert settings(written) == ("attachment", settings(written)[1])
        assert settings(written)[1]["filename"] == name

    @given(st.text(max_size=200))
    def test_are_read_from_anything(self, written):
        settings(f"text/plain; {written}")
