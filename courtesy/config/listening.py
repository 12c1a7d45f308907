"""Who may listen to the live stream: asked when it opens and at each heartbeat, from the browser's cookies alone."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.http.cookie import parse_cookie

from courtesy.staff.access import took_second_step


def may_listen(cookies: str) -> bool:
    """Whether a colleague who may see the desk, and took the second step, is behind these cookies."""
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return False
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    who: Any = get_user(request)
    request.user = who
    return bool(who.is_authenticated and who.may("see") and took_second_step(request))
