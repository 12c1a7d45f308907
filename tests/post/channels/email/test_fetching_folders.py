"""Which folder holds what was sent, in the ways servers list it."""

import pytest

from courtesy.post.channels.email.folders import sent_among

INBOX = ((b"\\HasNoChildren",), b"/", "INBOX")


class TestSentAmong:
    @pytest.mark.parametrize(
        ("there", "found"),
        [
            ([INBOX, ((b"\\HasNoChildren", b"\\Sent"), b"/", "[Gmail]/Sent Mail")], "[Gmail]/Sent Mail"),
            ([INBOX, ((b"\\SENT",), b".", "INBOX.Ausgang")], "INBOX.Ausgang"),
            ([INBOX, ((), b".", "INBOX.Sent"), ((b"\\Sent",), b".", "INBOX.Post")], "INBOX.Post"),
            ([INBOX, ((), b".", "INBOX.Sent")], "INBOX.Sent"),
            ([INBOX, ((), b"/", "Archive/2020/Gesendete Objekte"), ((), b"/", "Sent")], "Sent"),
            ([INBOX, ((), None, "\u00c9l\u00e9ments envoy\u00e9s")], "\u00c9l\u00e9ments envoy\u00e9s"),
            ([INBOX, ((b"\\Noselect",), b"/", "Sent")], ""),
            ([INBOX, ((), b"/", "Presents"), ((), b"/", "Sent to the moon")], ""),
            ([], ""),
        ],
    )
    def test_is_the_one_that_is_marked_or_called_so(self, there, found):
        assert sent_among(there) == found
