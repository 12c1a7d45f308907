"""A mail as it was sent: its formatted page in a frame in which nothing acts and nothing is fetched from elsewhere.

The frame is ours (`allow-same-origin`), because a colleague's session opens the pictures of the mail; scripts, forms
and plugins are forbidden twice, by the sandbox and by the policy, after the HTML was cleaned. Pictures from elsewhere
are loaded only after a click, for this one view: their sender learns when, and from which network, it was opened.
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET
from markupsafe import Markup

from courtesy.conversations import envelopes
from courtesy.conversations.models import Attachment
from courtesy.desk.inbox import access
from courtesy.desk.inbox.screen import Where
from courtesy.post.channels.email import kinds, parsing
from courtesy.staff.access import colleagues_may

SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
POLICY = (
    "default-src 'none'; img-src 'self'{images}; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox {sandbox}"
)
PART = re.compile(r'data-part="(\d{1,5})"')


@colleagues_may("see")
@require_GET
def original(request: HttpRequest, message_id: int) -> HttpResponse:
    """The page around the frame: who wrote, what was left out, and the way back."""
    message, raw = access.mail_of(message_id)
    remote = request.GET.get("images") == "all"
    shown = parsing.page(raw, remote_images=remote)
    if not shown.html:
        raise Http404
    context = {
        "message": message,
        "outside": envelopes.outsides([message]).get(message.pk),
        "blocked": shown.blocked,
        "remote": remote,
        "frame": reverse("original_page", args=[message.pk]) + ("?images=all" if remote else ""),
        "sandbox": SANDBOX,
        "back": reverse("thread", args=[message.thread_id]) + Where.read(request).query() + f"#message-{message.pk}",
        "where": Where.read(request),
    }
    response = render(request, "inbox/original.html", context)
    response._csp_update = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]
    return response


@colleagues_may("see")
@require_GET
@xframe_options_sameorigin
def page(request: HttpRequest, message_id: int) -> HttpResponse:
    """What stands in the frame. It is no page of the desk: none of our scripts, none of our styles but the paper."""
    message, raw = access.mail_of(message_id)
    remote = request.GET.get("images") == "all"
    shown = parsing.page(raw, remote_images=remote)
    if not shown.html:
        raise Http404
    response = render(request, "inbox/original-page.html", {"html": with_pictures(shown.html, message.pk)})
    response["Referrer-Policy"] = "no-referrer"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = POLICY.format(images=" https:" if remote else "", sandbox=SANDBOX)
    return response


def with_pictures(html: str, message_id: int) -> Markup:
    """The page, cleaned before, with the mail's own pictures in their places; what is no picture stays away."""
    wanted = {int(number) for number in PART.findall(html)}
    rows = Attachment.objects.filter(message=message_id, part__in=wanted, refused="", kind__in=kinds.SHOWN)
    places = {part: reverse("file", args=[pk]) for pk, part in rows.values_list("pk", "part")} if wanted else {}

    def drawn(found: re.Match[str]) -> str:
        place = places.get(int(found[1]))
        return f'src="{place}"' if place else ""

    return Markup(PART.sub(drawn, html))  # noqa: S704  cleaned by the reader of mails; only places were put in
