"""Our desk for `benchmarks.beside_helpdesk`: filled with conversations, it answers every "round" on its pipe."""

import json
import sys
from typing import Any

from benchmarks.figures import house_in_this_process


def main() -> None:
    """Open, fill, say so, and answer until the pipe closes."""
    with house_in_this_process():
        # Late: it imports the rooms, which stand in the house that is open now.
        from benchmarks import asked_of_us  # noqa: PLC0415

        desk: Any = asked_of_us.Desk(int(sys.argv[1]))
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            if line.strip() == "round":
                print(json.dumps(desk.round()), flush=True)


if __name__ == "__main__":
    main()
