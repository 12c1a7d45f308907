"""Whether a mail is from where it says: the receiving server's word, and nobody else's."""

import pytest

from courtesy.post.channels.email.parsing import parse
from tests.post.channels.email.letters import letter

OUR_SERVER = "Received: from sender.example by mx.fernandfjord.example with ESMTPS id 7\r\n"
TRUE = "Authentication-Results: mx.fernandfjord.example; dmarc=pass header.from=post.example\r\n"
FALSE = "Authentication-Results: mx.fernandfjord.example; dmarc=fail header.from=post.example\r\n"
NOTHING = "Authentication-Results: mx.fernandfjord.example; dmarc=none header.from=post.example\r\n"


def verified(head: str, *, trusted: str = "") -> str:
    return parse(head.encode() + letter(), trusted=trusted).mail.verified


class TestVerified:
    @pytest.mark.parametrize(
        ("results", "found"),
        [
            ("dmarc=pass (p=REJECT sp=NONE) header.from=post.example", "pass"),
            ("dmarc=fail header.from=post.example; dkim=pass header.d=post.example", "fail"),
            ("spf=pass smtp.mailfrom=bounce@mail.post.example; dkim=none", "pass"),
            ("dkim=pass header.i=@post.example header.s=k1; spf=fail", "pass"),
            ("dkim=pass header.d=newsletter.example; spf=pass smtp.mailfrom=newsletter.example", "none"),
            ("dmarc=pass header.from=evil.example", "none"),
            ("spf=fail smtp.mailfrom=post.example", "fail"),
            ("spf=softfail smtp.mailfrom=post.example", "none"),
            ("dmarc=none header.from=post.example; spf=none", "none"),
            ("dmarc=bestguesspass header.from=post.example", "none"),
            ("none", "none"),
        ],
    )
    def test_is_what_the_server_found_about_this_sender(self, results, found):
        assert verified(f"Authentication-Results: mx.fernandfjord.example; {results}\r\n{OUR_SERVER}") == found
        assert verified(f"{OUR_SERVER}Authentication-Results: mx.fernandfjord.example 1;\r\n {results}\r\n") == found

    def test_is_the_topmost_word_whatever_stands_below(self):
        assert verified(FALSE + OUR_SERVER + TRUE) == "fail"
        assert verified(OUR_SERVER + FALSE + TRUE) == "fail"
        assert verified(NOTHING + OUR_SERVER + TRUE) == "none"
        assert verified(OUR_SERVER + NOTHING + TRUE) == "none"

    def test_is_read_from_all_that_stands_above_the_first_station(self):
        spf = "Authentication-Results: spf.icloud.example; spf=fail smtp.mailfrom=elsewhere.example\r\n"
        dmarc = "Authentication-Results: dmarc.icloud.example; dmarc=pass header.from=post.example\r\n"

        assert verified(spf + dmarc + OUR_SERVER) == "pass"
        assert verified(TRUE + FALSE + OUR_SERVER) == "fail"

    def test_is_read_from_the_provider_that_leaves_out_its_name(self):
        station = "Received: from a by X7.eurprd01.prod.outlook.com with HTTPS\r\n"
        results = (
            "Authentication-Results: spf=none (no) smtp.mailfrom=x.example;\r\n dmarc={} header.from=post.example\r\n"
        )

        assert verified(station + results.format("pass action=none")) == "pass"
        assert verified(station + results.format("fail action=oreject")) == "fail"
        assert verified(OUR_SERVER + results.format("pass")) == "none"

    def test_believes_a_fail_whoever_says_it(self):
        assert verified(OUR_SERVER + FALSE.replace("mx.fernandfjord.example", "relay.example")) == "fail"

    def test_is_none_where_a_stranger_wrote_it(self):
        forged = "Authentication-Results: mx.evil.example; dmarc=pass header.from=post.example\r\n"

        assert verified(OUR_SERVER + forged) == "none"
        assert verified(forged) == "none"

    def test_is_none_below_a_server_that_says_nothing(self):
        theirs = "Received: from a by mx.evil.example\r\nAuthentication-Results: mx.evil.example; dmarc=pass\r\n"

        assert verified(OUR_SERVER + theirs) == "none"

    def test_trusts_the_one_name_it_is_given(self):
        assert verified(TRUE + OUR_SERVER, trusted="MX.fernandfjord.example") == "pass"
        assert verified(TRUE + OUR_SERVER, trusted="other.example") == "none"
        assert verified(OUR_SERVER + TRUE, trusted="other.example") == "none"

    def test_is_none_where_nobody_looked(self):
        assert verified(OUR_SERVER) == "none"
        assert verified("") == "none"
