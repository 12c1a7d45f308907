"""What a page costs: database queries, processor time, and bytes on the wire.

`python -m benchmarks.pages [--threads 10000] [--json]`. In one process, by Django's test client through all our
middleware: the sample shop with every message drafted; then the same house with 10,000 threads and 30,000 messages.
*CPU* is the median of 30 requests' processor time after a warm-up, and its multiple of a view that returns "ok" and
touches nothing, in the same run. *Queries* are counted in both databases, without BEGIN and COMMIT. *First visit* is
the page with everything it loads, gzipped.
"""

import argparse
import sys
from typing import Any

from benchmarks.figures import command, has_weights, house_in_this_process


def measure(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """Open the house, fill it, look at every page."""
    encoder = has_weights()
    with house_in_this_process():
        # Late: it imports the rooms, which stand in the house that is open now.
        from benchmarks import page_costs  # noqa: PLC0415

        return page_costs.measure(threads=options.threads, encoder=encoder)


if __name__ == "__main__":
    sys.exit(command("pages", measure, threads=10_000))
