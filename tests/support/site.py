"""Unknot as somebody runs it: its own process, its own data folder, a free loopback port."""

from __future__ import annotations

import functools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.support import shared

ROOT = Path(__file__).parents[2]
START_SECONDS = 40
PASSWORD = "four calm quiet words"
CLOSE = "\nfrom django.db import connection\nconnection.close()  # all in one file\n"
MIGRATE = "from django.core.management import call_command as c; c('migrate', verbosity=0)\n"


class SiteDidNotStartError(RuntimeError):
    """The server ended or did not answer; carries the last lines it wrote."""


@dataclass
class Site:
    """A running server. ``run`` executes Python in the same environment (database included)."""

    folder: Path
    port: int
    database_url: str = ""
    debug: bool = True
    app: str = "unknot.clinic.asgi:application"
    migrated: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        given = {
            **os.environ,
            "UNKNOT_DATA_DIR": str(self.folder),
            "UNKNOT_DEBUG": "1" if self.debug else "0",
            "DJANGO_SETTINGS_MODULE": "unknot.clinic.settings",
            "PYTHONPATH": str(ROOT),
        }
        given.pop("UNKNOT_DATABASE_URL", None)
        if self.database_url:
            given["UNKNOT_DATABASE_URL"] = self.database_url
        return given

    def run(self, code: str) -> str:
        """What ``code`` prints, run after ``django.setup()``. Raises with its error text."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return done.stdout

    def start(self) -> None:
        """Migrates if need be, and serves. Raises SiteDidNotStartError with what it said."""
        if not self.migrated:
            self.run(MIGRATE)
        self.serve()

    def serve(self) -> None:
        """Serves what is migrated already. Raises SiteDidNotStartError with what it said."""
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "uvicorn", self.app),
                *("--port", str(self.port), "--log-level", "warning"),
            ],
            cwd=ROOT,
            env=self.environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        log.close()
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process is not None and self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise SiteDidNotStartError(self.log()[-2000:])

    def log(self) -> str:
        """Everything the server wrote so far."""
        return (self.folder / "server.log").read_text()

    def mail(self) -> str:
        """The newest mail the site sent."""
        return max((self.folder / "mail").iterdir(), key=lambda file: file.name).read_text()

    def kill(self) -> None:
        """Ends the server as a power cut would: at once, with whatever it was doing undone."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def remove(self) -> None:
        """Stops it and takes its folder away; a database on a server goes with the server."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_site(database_url: str = "", *, debug: bool = True) -> Site:
    """A site with a data folder of its own, not started yet, its tables made and empty.

    When the tests run on PostgreSQL the site gets a database of its own there. A database that
    is named is taken as it is.
    """
    folder = Path(tempfile.mkdtemp(prefix="unknot-site-"))
    site = Site(folder, free_port(), database_url, debug=debug)
    if not database_url:
        _copy_tables(os.environ.get("UNKNOT_DATABASE_URL", ""), site)
    return site


def _copy_tables(server: str, site: Site) -> None:
    """Migrating takes seconds and copying none, so it is done once in a run."""
    _copy(shared.once(f"tables {server}", functools.partial(_make, server, MIGRATE)), site, server)


def demo_site() -> tuple[Site, dict[str, Any]]:
    """A site with the demo clinic of today, not started yet, and what its loading told. Loading
    it takes half a minute and copying none, so that is done once in a run."""
    server = os.environ.get("UNKNOT_DATABASE_URL", "")
    today = datetime.now(ZoneInfo("America/New_York")).date()  # which the demo begins with
    kept = shared.once(
        f"demo {server} {today} {LOAD_DEMO}", functools.partial(_make, server, LOAD_DEMO)
    )
    site = Site(Path(tempfile.mkdtemp(prefix="unknot-site-")), free_port(), debug=False)
    _copy(kept, site, server)
    return site, json.loads((kept / "told").read_text().split("DEMO", 1)[1])


def _make(server: str, code: str, kept: Path) -> None:
    """A site that is never started, on the server named or on SQLite, with what ``code`` does."""
    site = Site(kept / "data", 0, debug=False)
    site.folder.mkdir()
    if code == MIGRATE:
        site.database_url = _new_database(server) if server else ""
    else:
        _copy_tables(server, site)
    (kept / "told").write_text(site.run(f"{code}{CLOSE}"))
    (kept / "database").write_text(site.database_url.rpartition("/")[2])


def _copy(kept: Path, site: Site, server: str) -> None:
    """The data folder and the database of what was kept."""
    shutil.copytree(kept / "data", site.folder, dirs_exist_ok=True)
    if server:
        site.database_url = _new_database(server, (kept / "database").read_text())
    site.migrated = True


def _new_database(server: str, template: str = "template1") -> str:
    """The URL of a new database beside the one ``server`` names."""
    import psycopg

    name = f"site_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]  # hex digits only
    return f"{server.rsplit('/', 1)[0]}/{name}"


MAKE_PRACTICE = """
from datetime import UTC, date, datetime
from unknot.clinic.access import system
from unknot.clinic.people import actions
actions.make_practice(
    name="Linden Street Massage", zone="America/New_York", country="US", emergency_number="911",
    owner_name="Ada Linden", owner_email="ada@example.org", password={password!r},
    owner_treats=True, licence_number="LMT-1", licence_valid_until=date(2099, 1, 1),
    by=system(), now=datetime.now(UTC))
"""

LOAD_DEMO = """
import json
from datetime import UTC, datetime
from unknot.clinic.demo import load
made = load.load(today=load.day_there(datetime.now(UTC)))
from tests.support import fits
from unknot.clinic.outcomes import refit
fits.share()
while refit.run(now=datetime.now(UTC)):
    pass
print("DEMO" + json.dumps({"logins": [list(pair) for pair in made.logins],
                           "password": made.password}))
"""
