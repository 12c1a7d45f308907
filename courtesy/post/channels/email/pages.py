"""The formatted side of a mail as safe HTML."""

from dataclasses import dataclass
from urllib.parse import unquote

from courtesy.post.channels.email import choosing, hypertext, kinds
from courtesy.post.channels.email.opening import opened


@dataclass(frozen=True)
class Page:
    """HTML that cannot act, and how many remote images were left out of it.

    Images of the mail itself have ``data-part``, the number of the file, and no source: who shows the page gives them
    one. In the place of a remote image stands ``<span data-blocked>`` with what it would show in words.
    """

    html: str
    blocked: int


def page(raw: bytes, *, remote_images: bool = False) -> Page:
    """The formatted side of the mail in ``raw``; empty where it has none. With ``remote_images`` they are left in,
    but never those that are too small to be seen. Links say where they lead."""
    mail = opened(raw)
    images = {
        choosing.cid(piece): piece.number
        for piece in mail.walk()
        if piece.number and choosing.cid(piece) and kinds.kind_of(piece.body, "", piece.kind) in kinds.SHOWN
    }
    drawn = [
        hypertext.drawn(
            choosing.html_of(piece),
            part_of=lambda cid: images.get(cid, 0) or images.get(unquote(cid), 0),
            remote_images=remote_images,
        )
        for piece in choosing.hypertexts(mail)
    ]
    return Page("<hr>".join(html for html, _blocked in drawn), sum(blocked for _html, blocked in drawn))
