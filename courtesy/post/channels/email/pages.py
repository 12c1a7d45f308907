"""The formatted side of a mail as safe HTML."""

from dataclasses import dataclass
from email import message_from_bytes

import nh3


@dataclass(frozen=True)
class Page:
    """HTML that cannot act, and how many remote images were left out of it."""

    html: str
    blocked: int


def page(raw: bytes, *, remote_images: bool = False) -> Page:
    """The formatted side of the mail in ``raw``; empty where it has none."""
    for leaf in message_from_bytes(raw).walk():
        if leaf.get_content_type() == "text/html":
            html = (leaf.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
            return Page(nh3.clean(html), 0)
    return Page("", 0)
