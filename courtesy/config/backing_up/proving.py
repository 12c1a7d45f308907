"""The drill: the newest backup put back into a folder of its own, opened, counted, and thrown away again.

A backup that nobody has ever put back is a hope. What came of it is a row, and a line on Today.
"""

import time
from datetime import datetime
from pathlib import Path

from django.conf import settings

from courtesy.config.backing_up import keeping
from courtesy.config.backing_up.making import KEYS_FOLDER
from courtesy.config.backing_up.staging import Refused, staged, whole
from courtesy.privacy.models import Drill

REMEMBERED = 200


def prove(*, at: datetime, folder: Path | None = None, keys_folder: Path | None = None) -> Drill:
    """Try the newest backup of ``folder`` (else where the settings say); the row says how it went. Raises nothing."""
    folder = folder or settings.COURTESY.backups or settings.COURTESY.data_dir / "backups"
    began = time.monotonic()
    drill = Drill(at=at)
    try:
        _prove(drill, folder, keys_folder or folder / KEYS_FOLDER)
    except Refused as why:
        drill.problem = str(why)[:300]
    except OSError as trouble:
        drill.problem = f"The trial could not be made ({trouble.strerror or type(trouble).__name__})."
    drill.seconds = time.monotonic() - began
    drill.save()
    old = Drill.objects.order_by("-at").values_list("at", flat=True)[REMEMBERED : REMEMBERED + 1].first()
    if old:
        Drill.objects.filter(at__lte=old).delete()
    return drill


def _prove(drill: Drill, folder: Path, keys_folder: Path) -> None:
    shops = [one for one in keeping.kept_in(folder) if not one.is_keys]
    of_keys = [one for one in keeping.kept_in(keys_folder) if one.is_keys]
    if not shops:
        raise Refused(f"There is no backup in {folder} yet.")
    drill.backup_at = shops[0].made_at
    if not of_keys:
        raise Refused("There is no backup of the keys beside it.")
    shop, keys = whole(shops[0].file, kind="shop"), whole(of_keys[0].file, kind="keys")
    with staged(shop, keys, beside=settings.COURTESY.data_dir, with_present_keys=False) as house:
        found = house.look_inside(to_stay=False)
    drill.rows = found.rows
    if found.without_key:
        raise Refused(f"{found.without_key} sealed entries in it have no key in the backup of the keys.")
