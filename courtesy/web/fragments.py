"""A fragment is a named block inside its page, so page and update are the same markup."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2_fragments import render_block as render_one_block


def _engine() -> Jinja2:
    engine = engines.all()[0]
    if not isinstance(engine, Jinja2):
        raise TypeError("Pages are Jinja2; settings name another engine first.")
    return engine


def render_block(
    request: HttpRequest, template: str, block: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Only the block called ``block`` of ``template``, with all that the context processors give a whole page.

    What a page sets or imports outside the block does not exist inside it.
    """
    engine = _engine()
    full = {**context, "request": request}
    for processor in engine.template_context_processors:
        full.update(processor(request))
    return HttpResponse(render_one_block(engine.env, template, block, full), status=status)
