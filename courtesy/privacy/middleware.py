"""Keys are kept for one request and no longer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from courtesy.privacy import keys


class KeyScope:
    """Opens a scope for fetched keys around each request, so that a page fetches each key once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with keys.scope():
            return self.get_response(request)
