"""Addresses of pages by their names. A page holds dozens, and works each of them out only once."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

KEPT = 2048


def address(name: str, *args: object) -> str:
    """The address of the page called ``name``, its places filled in order. Raises NoReverseMatch."""
    return _made(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, args)


@lru_cache(maxsize=KEPT, typed=True)
def _made(side: str, prefix: str, name: str, args: tuple[object, ...]) -> str:
    return reverse(name, urlconf=side, args=args or None)
