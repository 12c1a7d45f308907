"""Nothing private of one customer in a draft to another: asked through whole drafts, in a house on the disk.

`python -m benchmarks.private_drafts`. Two shops, one after the other, each with the shop's own encoder: shop-fern with
its 40 articles and its 130 sent answers (260 mails, the 130 past questions anew, and the 73 private pieces in their
own words, from somebody else), and a shop that was told every thing of `tests/science/seeded.py` by two people, asked
for in the same words. Before that a colleague vouches for whatever waits, unread. Twice: with the bars of likeness as
they are, and with none and in all four tongues, so that the gate alone stands between. Data: ../shared/data/shop-fern.
"""

import json
import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.answering import SHARED
from benchmarks.answers_fern import articles


def measure(which: str, folder: Path) -> dict[str, Any]:
    """One shop in this process, in an empty folder."""
    (folder / "var").mkdir()
    (folder / "key").mkdir()
    os.environ |= {
        "COURTESY_DATA_DIR": str(folder / "var"),
        "COURTESY_KEY_FILE": str(folder / "key" / "shop.key"),
        "DJANGO_SETTINGS_MODULE": "courtesy.config.settings",
    }
    # Late: there is no Django before its settings are named.
    import django  # noqa: PLC0415

    django.setup()
    from django.utils.timezone import now  # noqa: PLC0415

    from courtesy.config.preparing import prepare  # noqa: PLC0415
    from courtesy.desk import learning  # noqa: PLC0415
    from courtesy.knowledge.models import EarlierPassage  # noqa: PLC0415
    from courtesy.staff.models import Role  # noqa: PLC0415
    from tests.colleagues import new_colleague  # noqa: PLC0415
    from tests.desk import private_things as private  # noqa: PLC0415

    prepare(at=now())
    at, data = now() + timedelta(minutes=5), SHARED / "data" / "shop-fern"
    if which == "fern":
        private.fern_shop(data, [(one.title, one.text) for one in articles()], at=at)
        sent = private.fern_sent(data)
        things = [piece for row in sent for piece in row["private"]]
        promises = [piece for row in sent for piece in row["promises"]]
        asks = list(private.fern_asks(data))
    else:
        private.seeded_shop(at=at)
        things, promises, asks = private.seeded_things(), [], list(private.seeded_asks())
    while learning.catch_up(at=at):
        pass
    by = new_colleague("Clicker", Role.COLLEAGUE)
    clicked = private.vouch_for_everything(by, at=at)
    result: dict[str, Any] = {
        "learned": EarlierPassage.objects.count(), "clicked": clicked, "things": len(things), "mails": len(asks)
    }  # fmt: skip
    for name in ("as it is", "no bars, four tongues"):
        if name != "as it is":
            learning.BY_ITSELF = learning.BESIDE_AN_ARTICLE = 0.0
            learning.READ = frozenset({"", "en", "de", "fr", "es"})
        found, drafts, past = private.in_drafts([*things, *promises], asks, at=at)
        result[name] = {"private": len(set(found) & set(things)), "promises": len(set(found) & set(promises)),
                        "drafts": drafts, "drafts with an earlier answer": past}  # fmt: skip
    return result


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        which = sys.argv[1] if len(sys.argv) > 1 else "fern"
        told = measure(which, Path(home))
    print(json.dumps({which: told}, indent=2))
    sys.exit(any(told[name]["private"] for name in ("as it is", "no bars, four tongues")))
