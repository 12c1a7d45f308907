"""How a refused form answers."""

from typing import Any, cast

from django.http import HttpResponse

UNPROCESSABLE = 422


class SaysWrong:
    """Stands before a form's view: what was refused answers 422, so that scripts and people read the same."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again, with what is wrong beside each box."""
        response = cast(HttpResponse, super().form_invalid(form))  # type: ignore[misc]
        response.status_code = UNPROCESSABLE
        return response
