"""Bytes that came from somebody, handed out so that no browser runs, shows or mistakes them."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

ANYTHING = "application/octet-stream"
NOTHING_ACTS = "default-src 'none'; sandbox"


def handed_out(content: bytes, name: str, kind: str = ANYTHING) -> HttpResponse:
    """Bytes as a download: under a safe name, of a kind no browser guesses anew, on a page where nothing acts."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = NOTHING_ACTS
    return response
