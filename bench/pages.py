"""What the busiest pages cost with the demo clinic, and with a hundred times its data.

    python3 -m bench.pages
    python3 -m bench.pages --times 100 --database postgresql --seconds 8
    python3 -m bench.pages --only outcomes programme

Starts a server of its own, loads the demo clinic, makes its fits and figures, measures each page,
multiplies the data, and measures again in the same process. The ratios are the point: how cost
grows with data. Requests per second depend on the machine and on what else it is doing.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.support import postgres
from tests.support.site import LOAD_DEMO, Site, new_site

CLIENTS = 4
PAGES = ("today", "calendar", "client list", "episode", "outcomes", "programme")

FITS = """
from datetime import UTC, datetime
from unknot.clinic.outcomes import refit
from unknot.clinic.programme import publish
while refit.run(now=datetime.now(UTC)):
    pass
publish.run(now=datetime.now(UTC))
"""
FIND = """
import json
from bench.pages_stage import find
print("FOUND" + json.dumps(find()))
"""


@dataclass(frozen=True)
class Measured:
    """One page: requests a second with four clients at once, and milliseconds."""

    per_second: float
    median_ms: float
    p99_ms: float
    kilobytes: float
    wrong: int


def measure(site: Site, path: str, session: str, seconds: float) -> Measured:
    """Four clients ask for the page, each as soon as it has the answer, for that long."""
    times: list[float] = []
    sizes: list[int] = []
    wrong: list[int] = []
    until = time.monotonic() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        while time.monotonic() < until:
            began = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": f"session={session}"})
            answer = connection.getresponse()
            body = answer.read()
            times.append(time.perf_counter() - began)
            sizes.append(len(body))
            if answer.status != 200:
                wrong.append(answer.status)

    _together(ask)
    ordered = sorted(times)
    return Measured(
        per_second=len(times) / seconds,
        median_ms=statistics.median(ordered) * 1000,
        p99_ms=ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1000,
        kilobytes=statistics.mean(sizes) / 1024,
        wrong=len(wrong),
    )


def _together(ask: object) -> None:
    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def all_pages(
    site: Site, found: dict[str, dict[str, str]], pages: Sequence[str], seconds: float
) -> dict[str, Measured]:
    """Every page once to warm up, then measured."""
    measured = {}
    for page in pages:
        measure(site, found["paths"][page], found["sessions"][page], 0.5)
        measured[page] = measure(site, found["paths"][page], found["sessions"][page], seconds)
    return measured


def compare(times: int, seconds: float, database_url: str, pages: Sequence[str]) -> int:
    """Print a table; exit code 1 when a page did not answer 200."""
    site = new_site(database_url)
    try:
        site.start()
        site.run(LOAD_DEMO)
        site.run(FITS)
        found = json.loads(site.run(FIND).split("FOUND")[1])
        small = all_pages(site, found, pages, seconds)
        print(site.run(f"from bench.multiply import main; main({times})").strip(), flush=True)
        large = all_pages(site, found, pages, seconds)
    finally:
        site.stop()
    print(f"{'PostgreSQL' if database_url else 'SQLite'}, {CLIENTS} clients, one server process")
    print(f"{'page':<12} {'demo':>24} {f'x {times}':>27} {'ratio':>7}")
    for page in pages:
        one, many = small[page], large[page]
        print(f"{page:<12} {_cells(one)} -> {_cells(many)} {many.median_ms / one.median_ms:6.2f}x")
    return 1 if any(page.wrong for page in (*small.values(), *large.values())) else 0


def _cells(page: Measured) -> str:
    wrong = f" {page.wrong} WRONG" if page.wrong else ""
    return f"{page.per_second:5.1f}/s p50 {page.median_ms:5.0f} p99 {page.p99_ms:5.0f} ms{wrong}"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only", nargs="+", choices=PAGES, default=PAGES, metavar="PAGE")
    given = parser.parse_args()
    if given.database == "sqlite":
        return compare(given.times, given.seconds, "", given.only)
    server = postgres.start()
    try:
        return compare(given.times, given.seconds, server.url, given.only)
    finally:
        server.stop()


if __name__ == "__main__":
    raise SystemExit(main())
