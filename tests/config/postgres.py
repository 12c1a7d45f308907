"""A PostgreSQL server of a test's own, on a free port and in a folder of its own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.journeys.mailbox import free_port


def programs() -> Path | None:
    """The folder of the server's programs, the newest there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parents[1].name))
    return found[-1].parent if found else None


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Started, with the two databases of a house in it; what an owner would set. Skips where there is no PostgreSQL."""
    where = programs()
    if where is None:
        pytest.skip("no PostgreSQL here: apt install postgresql")
    as_somebody: list[str] = []
    if os.geteuid() == 0:
        if not shutil.which("runuser"):
            pytest.skip("PostgreSQL does not run as root, and there is no runuser here")
        as_somebody = ["runuser", "-u", "postgres", "--"]
    # Not below pytest's folder: every pytest that starts closes that one to others.
    data, port = Path(mkdtemp(prefix="courtesy-postgresql-")), free_port()
    if as_somebody:
        shutil.chown(data, "postgres", "postgres")

    def run(*words: str) -> None:
        subprocess.run([*as_somebody, *words], check=True, capture_output=True, cwd="/")

    run(str(where / "initdb"), "-D", str(data), "-U", "courtesy", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    run(str(where / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(data / "log"), "start")
    try:
        for name in ("courtesy", "courtesy_keys"):
            run(str(where / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "courtesy", name)
        yield {
            "COURTESY_DATABASE_URL": f"postgresql://courtesy@127.0.0.1:{port}/courtesy",
            "COURTESY_KEYS_DATABASE_URL": f"postgresql://courtesy@127.0.0.1:{port}/courtesy_keys",
        }
    finally:
        run(str(where / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(data, ignore_errors=True)
