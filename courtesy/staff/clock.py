"""Pages show times as the shop's own clock does: its time zone, for colleagues and customers alike."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from courtesy.staff.hours import zone_named
from courtesy.staff.models import Shop

Answer = Callable[[HttpRequest], HttpResponseBase]


class ZoneOfTheShop(tzinfo):
    """The shop's zone, looked up when a time is shown for the first time; a page without any asks nothing.

    A view that has the shop at hand leaves it at ``request.shop_front`` and saves the question.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._found: ZoneInfo | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The zone itself; UTC before there is a shop, and for a name that this machine does not know (any more)."""
        if self._found is None:
            self._found = zone_named(self._name() or "")
        return self._found

    def _name(self) -> str | None:
        at_hand = getattr(self._request, "shop_front", None)
        if isinstance(at_hand, Shop):
            return at_hand.time_zone
        # Pages of the look alone have no shop and no database.
        if not getattr(settings, "SHOP_FRONT", ""):
            return None
        return Shop.objects.values_list("time_zone", flat=True).filter(pk=1).first()

    def utcoffset(self, when: datetime | None, /) -> timedelta | None:
        """As the zone says."""
        return self.zone.utcoffset(when and when.replace(tzinfo=self.zone))

    def dst(self, when: datetime | None, /) -> timedelta | None:
        """As the zone says."""
        return self.zone.dst(when and when.replace(tzinfo=self.zone))

    def tzname(self, when: datetime | None, /) -> str | None:
        """As the zone says."""
        return self.zone.tzname(when and when.replace(tzinfo=self.zone))

    def fromutc(self, when: datetime, /) -> datetime:
        """The same moment on the shop's clock; what comes back carries the zone itself."""
        return self.zone.fromutc(when.replace(tzinfo=self.zone))


class ShopClock:
    """The middleware that sets the clock for one request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, its times as the shop's clock shows them."""
        with timezone.override(ZoneOfTheShop(request)):
            return self.get_response(request)
