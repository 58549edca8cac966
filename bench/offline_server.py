"""A server that can be killed and started again in a fraction of a second.

One process imports the programme and never opens the database. It forks a server when it is asked
to, and a reader for each piece of code run in the site's environment. Killing the server is
SIGKILL, as in a power cut; what comes after it is a new process with a new connection.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
import urllib.error
import urllib.request
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from tests.support.site import ROOT, Site, SiteDidNotStartError, new_site

START_SECONDS = 60


@dataclass
class ForkedSite(Site):
    """A site whose server is forked from a process that has everything imported."""

    workshop: subprocess.Popen[str] | None = None
    server: int = 0

    def _ask(self, **order: Any) -> str:
        if self.workshop is None:
            log = (self.folder / "server.log").open("ab")
            self.workshop = subprocess.Popen(
                [sys.executable, "-m", "bench.offline_server"],
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            log.close()
        assert self.workshop.stdin is not None
        assert self.workshop.stdout is not None
        print(json.dumps(order), file=self.workshop.stdin, flush=True)
        told: dict[str, str] = json.loads(self.workshop.stdout.readline() or '{"problem": "gone"}')
        if "problem" in told:
            raise RuntimeError(told["problem"])
        return told["said"]

    def run(self, code: str) -> str:
        """What ``code`` prints, in a process of its own. Raises with its error text."""
        return self._ask(run=code)

    def serve(self) -> None:
        """Serves, unless it serves already. Raises SiteDidNotStartError with what was said."""
        if self.server:
            return
        self.server = int(self._ask(serve=self.port))
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.03)
        raise SiteDidNotStartError(self.log()[-2000:])

    def kill(self) -> None:
        """Ends the server as a power cut would; gone when this returns."""
        if self.server:
            self._ask(kill=self.server)
        self.server = 0

    def stop(self) -> None:
        self.kill()
        if self.workshop is not None:
            self.workshop.kill()  # it holds nothing
            self.workshop.communicate()
            self.workshop = None


def forked_site() -> ForkedSite:
    """A site with an empty data folder, on the database the tests run on; not started yet."""
    made = new_site(debug=False)
    return ForkedSite(made.folder, made.port, made.database_url, made.debug)


def _serve(port: int) -> str:
    pid = os.fork()
    if pid == 0:
        import uvicorn

        os.dup2(2, 1)  # the pipe is for answers
        uvicorn.run("unknot.clinic.asgi:application", port=port, log_level="warning")
        os._exit(0)
    return str(pid)


def _run(code: str) -> dict[str, str]:
    """What a fork prints while it runs the code, or the problem it had."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        said, told = StringIO(), {}
        try:
            with redirect_stdout(said):
                exec(code, {"__name__": "site"})
            told = {"said": said.getvalue()}
        except BaseException:
            told = {"problem": traceback.format_exc()[-3000:]}
        with os.fdopen(writing, "w") as out:
            json.dump(told, out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = json.loads(answer.read() or '{"problem": "ended without a word"}')
    os.waitpid(pid, 0)
    return told


def _kill(pid: int) -> str:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return ""


def main() -> None:
    """Takes orders, one a line, until there are no more; then ends its servers."""
    for name in ("unknot.clinic.asgi", "bench.offline_stage"):  # once, for every fork
        importlib.import_module(name)
    assert importlib.import_module("django.urls").get_resolver().url_patterns  # and every view

    serving = 0
    for line in sys.stdin:
        order = json.loads(line)
        if "run" in order:
            told = _run(order["run"])
        elif "serve" in order:
            told = {"said": _serve(order["serve"])}
            serving = int(told["said"])
        else:
            told, serving = {"said": _kill(order["kill"])}, 0
        print(json.dumps(told), flush=True)
    if serving:
        _kill(serving)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
