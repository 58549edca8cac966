"""Many people book overlapping times at once, over HTTP, against a server really started.

    python3 -m bench.booking_race --attempts 5000
    python3 -m bench.booking_race --attempts 800 --database sqlite
    python3 -m bench.booking_race --attempts 800 --without look
    python3 -m bench.booking_race --attempts 800 --without look,constraint    # must find overlaps

Sixteen clients keep one connection each and try to book, move and cancel on a few crowded days.
At the end the rows are read back: no two occupancies of one therapist, room or client share a
moment; every booking that was answered with yes is there, and no other; no answer is 500 or
above. `--without look` starts a server that does not look at the calendar before writing, so
that only the database's constraint is left; `--without look,constraint` takes that away too and
shows that the race can fail.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.support import postgres
from tests.support.site import Site, new_site

CLIENTS = 16
BUSY = frozenset({409, 422})


@dataclass
class Result:
    """What one race came to. `wrong` says in words what must not be."""

    database: str
    attempts: int
    seconds: float
    answers: Counter[int] = field(default_factory=Counter)
    accepted: int = 0
    refused: int = 0
    overlaps: int = 0
    lost: int = 0
    ghosts: int = 0
    together: float = 0.0

    @property
    def failures(self) -> int:
        """Answers of 500 and above."""
        return sum(number for status, number in self.answers.items() if status >= 500)

    def account(self, stage: dict[str, Any], said: dict[str, int], found: dict[str, int]) -> None:
        """Compare what was answered with what is there."""
        self.overlaps = found["overlaps"]
        rows = len(stage["pool"]) + said["made"]
        self.lost = max(0, rows - found["rows"]) + max(0, said["gone"] - found["cancelled"])
        extra = max(0, found["rows"] - rows) + max(0, found["cancelled"] - said["gone"])
        unmatched = abs(found["revisions"] - said["moved"] - said["gone"])
        self.ghosts = found["ghosts"] + extra + unmatched

    @property
    def wrong(self) -> list[str]:
        faults = {
            "overlaps": self.overlaps,
            "bookings lost": self.lost,
            "ghost bookings": self.ghosts,
            "answers of 500 and above": self.failures,
            "other answers": sum(
                number
                for status, number in self.answers.items()
                if status < 500 and status not in BUSY | {302}
            ),
        }
        return [f"{number} {words}" for words, number in faults.items() if number]

    def line(self) -> str:
        return (
            f"{self.database}: {self.attempts} attempts by {CLIENTS} clients, "
            f"{self.accepted} accepted, {self.refused} refused, {self.overlaps} overlaps, "
            f"{self.lost} lost, {self.ghosts} ghosts, {self.failures} answers >= 500, "
            f"{self.seconds:.1f} s, {self.attempts / self.seconds:.0f} a second, "
            f"{self.together:.0%} in flight together; "
            f"answers {dict(sorted(self.answers.items()))}"
        )


def race(
    attempts: int, *, database_url: str = "", without: Sequence[str] = (), seed: int = 1
) -> Result:
    """Run one race on SQLite, or on the PostgreSQL database named, and read the rows back."""
    elsewhere = database_url or os.environ.get("UNKNOT_DATABASE_URL")
    name = "PostgreSQL" if elsewhere else "SQLite"
    with started(database_url, look="look" not in without) as site:
        stage = json.loads(site.run("from bench.race_stage import make; make()"))
        if "constraint" in without:
            site.run("from bench.race_stage import drop_guard; drop_guard()")
        runners = [
            Runner(site.port, stage, random.Random(seed * 1000 + n)) for n in range(CLIENTS)
        ]
        began = time.monotonic()
        gate = Attempts(attempts)
        threads = [threading.Thread(target=runner.run, args=(gate,)) for runner in runners]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        result = Result(name, attempts, time.monotonic() - began)
        for runner in runners:
            result.answers += runner.answers
        result.accepted = result.answers[302]
        result.refused = sum(result.answers[status] for status in BUSY)
        result.together = gate.together / max(1, attempts)
        site.stop()
        found = json.loads(site.run("from bench.race_stage import look; look()"))
        said = {
            name: sum(runner.did[name] for runner in runners) for name in ("made", "moved", "gone")
        }
        result.account(stage, said, found)
        return result


class Attempts:
    """Counts attempts down, and how often another was in flight when one began."""

    def __init__(self, number: int) -> None:
        self._left, self._flying = number, 0
        self.together = 0
        self._lock = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[bool]:
        """True while attempts are left."""
        with self._lock:
            go = self._left > 0
            self._left -= go
            self.together += go and self._flying > 0
            self._flying += go
        try:
            yield go
        finally:
            with self._lock:
                self._flying -= go


class Runner:
    """One client of the race with its own connection and session."""

    def __init__(self, port: int, stage: dict[str, Any], dice: random.Random) -> None:
        self.stage, self.dice = stage, dice
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.answers: Counter[int] = Counter()
        self.did: Counter[str] = Counter()
        self.session = ""

    def run(self, gate: Attempts) -> None:
        """Attempt until none are left: mostly book, sometimes a course, a move, a cancellation."""
        acts = (self.book, self.course, self.move, self.cancel)
        while True:
            with gate.one() as go:
                if not go:
                    return
                (act,) = self.dice.choices(acts, weights=(70, 10, 12, 8))
                act()

    def book(self) -> None:
        episode = self.dice.choice(self.stage["episodes"])
        fields = [("slot", self.slot()), ("minutes", "60")]
        self.did["made"] += self.post(f"/episodes/{episode}/book/one/", fields)

    def course(self) -> None:
        episode, count = self.dice.choice(self.stage["planned"]), 3
        day, hour = self.dice.randrange(len(self.stage["days"]) - 2 * count), self.quarter()
        therapist = self.therapist()
        slots = [self.slot(n + 1, day + 2 * n, hour, therapist) for n in range(count)]
        yes = self.post(f"/episodes/{episode}/book/course/", [("slot", slot) for slot in slots])
        self.did["made"] += count * yes

    def move(self) -> None:
        appointment = self.dice.choice(self.stage["pool"])
        fields = [("slot", self.slot()), ("scope", "one")]
        self.did["moved"] += self.post(f"/appointments/{appointment}/move/", fields)

    def cancel(self) -> None:
        appointment = self.dice.choice(self.stage["pool"])
        fields = [("reason", "The client asked"), ("scope", "one")]
        self.did["gone"] += self.post(f"/appointments/{appointment}/cancel/", fields)

    def therapist(self) -> str:
        return str(self.dice.choice(self.stage["therapists"]))

    def quarter(self) -> int:
        """A quarter of an hour in the working day, counted from its beginning."""
        return self.dice.randrange(self.stage["quarters"])

    def slot(
        self, number: int = 1, day: int | None = None, quarter: int | None = None, who: str = ""
    ) -> str:
        days = self.stage["days"]
        start = days[self.dice.randrange(len(days)) if day is None else day]
        quarter = self.quarter() if quarter is None else quarter
        at = time.gmtime(start + 900 * quarter)
        return f"{number}|{time.strftime('%Y-%m-%dT%H:%M:%SZ', at)}|{who or self.therapist()}|0"

    def post(self, path: str, fields: list[tuple[str, str]], once: str = "") -> bool:
        """Send the form as a browser would; True when it was carried out."""
        csrf, once = self.stage["csrf"], once or f"{self.dice.getrandbits(128):032x}"
        body = urlencode([*fields, ("csrfmiddlewaretoken", csrf), ("once", once)])
        session = self.session or self.dice.choice(self.stage["sessions"])
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"session={session}; csrf={csrf}",
        }
        self.connection.request("POST", path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        self.answers[answer.status] += 1
        return answer.status == 302


@contextmanager
def started(database_url: str, *, look: bool) -> Iterator[Site]:
    """A started site of its own; without the look it runs `bench.unguarded`."""
    site = new_site(database_url)
    if not look:
        site.app = "bench.unguarded:application"
    try:
        site.start()
        yield site
    finally:
        site.remove()


def main() -> int:
    """Print one line a database; exit 1 when anything is wrong, 0 when not."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--attempts", type=int, default=5000)
    parser.add_argument("--database", choices=("both", "sqlite", "postgresql"), default="both")
    parser.add_argument("--without", default="", help="look, or look,constraint")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    without = [part for part in given.without.split(",") if part]
    results = []
    if given.database != "postgresql":
        results.append(race(given.attempts, without=without, seed=given.seed))
        print(results[-1].line(), flush=True)
    if given.database != "sqlite":
        server = postgres.start(fsync=True)
        try:
            url = server.url
            results.append(
                race(given.attempts, database_url=url, without=without, seed=given.seed)
            )
        finally:
            server.stop()
        print(results[-1].line(), flush=True)
    wrong = [words for result in results for words in result.wrong]
    print("WRONG: " + ", ".join(wrong) if wrong else "Nothing is wrong.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
