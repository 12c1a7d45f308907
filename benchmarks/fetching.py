"""`python -m benchmarks.fetching [--mails 1000] [--kills 50] [--json]`: a mailbox on a real Dovecot is read in.

The processor's time of a fetched and kept mail, at MAILS mails and at four times as many, and of a visit that finds
nothing new. Then `kill -9` of the fetcher KILLS times at random moments, and two fetchers at once: each mail once.
"""

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, command, empty_folder, figures_out, table
from tests.post.dovecot import BINARY, PASSWORD, letters, open_dovecot
from tests.post.theater import Theater, built_in


def read_whole(built: Theater, folder: Path, mails: Sequence[bytes]) -> tuple[float, float]:
    """Milliseconds of the processor for one mail, and for a visit that finds nothing new."""
    with open_dovecot() as server:
        theater = opened(built, folder, server.port)
        server.deliver("shop", *mails)
        (first,), (again,) = theater.run("fetch"), theater.run("fetch")
    assert (first["new"], again["new"], again["known"]) == (len(mails), 0, 0)
    return 1000 * first["cpu"] / len(mails), 1000 * again["cpu"]


def wrong_after(built: Theater, folder: Path, mails: Sequence[bytes], verb: str, **settings: str) -> tuple[int, int]:
    """Mails that are missing, doubled or not whole after ``verb``; how many kills fell while mails were unread."""
    with open_dovecot() as server:
        theater = opened(built, folder, server.port)
        server.deliver("shop", *mails)
        said = theater.run(verb, MAILS=str(len(mails)), **settings)
        (told,) = theater.run("tell")
    there, wanted = list(told["digests"]), {sha256(mail).hexdigest() for mail in mails}
    wrong = len(wanted - set(there)) + len(there) - len(set(there) & wanted)
    return wrong + (not told["handed_over_once"]), int(said[0].get("while_reading", 0))


def opened(built: Theater, folder: Path, port: int) -> Theater:
    theater = built.copied_to(folder)
    theater.run("open_box", PORT=str(port), PASSWORD=PASSWORD)
    return theater


def run(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The figures, as a table and for a program."""
    if BINARY is None:
        return "Dovecot is not installed: apt install dovecot-imapd", {"ok": None, "why": "no data"}
    some, many = letters(range(options.mails)), letters(range(4 * options.mails))
    with empty_folder() as folder:
        built = built_in(folder / "house", stage="tests.post.channels.email.stage")
        few_ms, visit_ms = read_whole(built, folder / "some", some)
        many_ms, _ = read_whole(built, folder / "many", many)
        kills = {"KILLS": str(options.kills)}
        lost, useful = wrong_after(built, folder / "killed", some, "kill_again_and_again", **kills)
        doubled, _ = wrong_after(built, folder / "two", some, "two_at_once")
    figures = [
        Figure(f"one mail fetched and kept, of {len(some)}: processor time", round(few_ms, 2), "ms", 2),
        Figure(f"the same, of {len(many)}", round(many_ms, 2), "ms", 2),
        Figure("how much more a mail costs in the larger mailbox", round(many_ms / few_ms, 2), "times", 1.3),
        Figure("a visit that finds nothing new: processor time", round(visit_ms, 1), "ms"),
        Figure(f"{options.kills} kills over {len(some)} mails: lost, double or not whole", lost, "mails", 0),
        Figure("of these kills, while mails were still to be read", useful, "kills"),
        Figure(f"two fetchers at once over {len(some)} mails: lost, double or not whole", doubled, "mails", 0),
    ]
    return table(figures), figures_out(figures)


if __name__ == "__main__":
    sys.exit(command("fetching", run, mails=1000, kills=50))
