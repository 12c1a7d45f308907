"""The encoder, for the worker only: asking for it loads numpy and onnxruntime, which the web process never does."""

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from courtesy.science.encoders import Encoder


@cache
def encoder() -> "Encoder | None":
    """The encoder, loaded once a process; None where its weights are absent, and then words alone are compared."""
    # Late, since views import `actions`, which imports this file: 142 MB that only the worker pays.
    from courtesy.science.encoders.minilm import MiniLM, WeightsTrouble  # noqa: PLC0415

    try:
        return MiniLM(settings.COURTESY.weights_dir)
    except WeightsTrouble:
        return None
