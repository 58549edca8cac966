"""The dial with many sessions at once: how soon is a tap on the right screen, and only there?

    python3 -m bench.dial
    python3 -m bench.dial --sessions 150 --minutes 6 --database postgresql
    python3 -m bench.dial --fault losing --minutes 1

Starts one server process, opens a therapist's stream and a client's dial for each visit over HTTP,
and lets every client tap at random, on average once in ``--every`` seconds. Afterwards each tap is
looked for in every stream by its number. Exit code 1 when one was lost, doubled or on a wrong
screen, or the p99 is above half a second. With ``--fault`` a server that is wrong on purpose is
measured, and the exit code is 1 when that is not seen.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import statistics
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.dial_wire import Phone, Refused, stream
from tests.support import postgres
from tests.support.site import new_site

SLOWEST_P99_MS = 500
SETTLE_SECONDS = 4.0
WARM_TAPS = 10
MAKE = "from bench.dial_stage import make; make({})"
COUNT = "from bench.dial_stage import count; count()"
TAPS: tuple[dict[str, str], ...] = (
    *({"kind": kind} for kind in ("less", "right", "right", "right", "more", "stop")),
    *({"pain": str(pain)} for pain in (0, 2, 4, 7)),
)


@dataclass
class Sent:
    """One tap: by whom, what, when it left the phone and how long its answer took, in seconds."""

    session: int
    fields: dict[str, str]
    at: float
    answered: float


@dataclass
class Run:
    """Everything that was sent and everything that arrived, by the number of the line."""

    sent: dict[int, Sent] = field(default_factory=dict)
    arrived: dict[int, list[tuple[int, float, dict[str, Any]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    refused: Counter[str] = field(default_factory=Counter)
    streams: int = 0


async def watch(run: Run, port: int, number: int, visit: str, session: str) -> None:
    """The therapist's screen of one visit: asks anew when its stream ends."""
    last = 0
    while True:
        run.streams += 1
        try:
            async for line in stream(port, visit, session, last):
                last = line["seq"]
                run.arrived[last].append((number, time.perf_counter(), line))
        except (OSError, asyncio.IncompleteReadError) as broken:
            run.refused[type(broken).__name__] += 1
            await asyncio.sleep(1)
        await asyncio.sleep(0.02)


async def tap(
    run: Run, phone: Phone, number: int, every: float, until: float, dice: random.Random
) -> None:
    """One client, who taps now and then until it is time."""
    for count in range(10**9):
        await asyncio.sleep(dice.expovariate(1 / every))
        if time.perf_counter() > until:
            return
        fields = dice.choice(TAPS)
        at = time.perf_counter()
        try:
            answer = await phone.tap(f"{number}-{count}", fields)
            run.sent[answer["back"]] = Sent(number, fields, at, time.perf_counter() - at)
        except Refused as refused:
            run.refused[str(refused)] += 1


async def measure(port: int, stage: dict[str, Any], minutes: float, every: float) -> Run:
    """All sessions open, everybody taps, then a few seconds for the last lines to arrive."""
    run, sessions = Run(), stage["sessions"]
    warm = Phone(port, sessions[0]["token"])
    for count in range(WARM_TAPS):
        await warm.tap(f"warm-{count}", {"kind": "right"})
    screens = []
    for number, one in enumerate(sessions):
        watching = watch(run, port, number, one["visit"], stage["therapist"])
        screens.append(asyncio.create_task(watching))
        await asyncio.sleep(0.02)
    await asyncio.sleep(SETTLE_SECONDS)
    until = time.perf_counter() + minutes * 60
    phones = [
        tap(run, Phone(port, one["token"]), number, every, until, random.Random(number))
        for number, one in enumerate(sessions)
    ]
    await asyncio.gather(*phones)
    await asyncio.sleep(SETTLE_SECONDS)
    for screen in screens:
        screen.cancel()
    await asyncio.gather(*screens, return_exceptions=True)
    return run


class Machine(threading.Thread):
    """What the machine itself does to anybody meanwhile: how late a short sleep ends, and how long
    it takes to have one page of a file on the disk. Milliseconds."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.late: list[float] = []
        self.disk: list[float] = []
        self.done = threading.Event()

    def run(self) -> None:
        with tempfile.TemporaryFile() as page:
            while not self.done.wait(0.2):
                began = time.perf_counter()
                time.sleep(0.005)
                slept = time.perf_counter()
                page.seek(0)
                page.write(b"x" * 4096)
                page.flush()
                os.fsync(page.fileno())
                self.late.append((slept - began) * 1000 - 5)
                self.disk.append((time.perf_counter() - slept) * 1000)

    def said(self) -> str:
        cuts = [statistics.quantiles(times, n=100)[98] for times in (self.late, self.disk)]
        load = os.getloadavg()[0]
        late, disk = cuts
        return (
            f"load {load:.1f}; p99: a short sleep ends {late:.0f} ms late, an fsync {disk:.0f} ms"
        )


@dataclass(frozen=True)
class Found:
    """What came of the taps. Times in milliseconds, from the phone to the therapist's stream."""

    taps: int
    lost: int
    doubled: int
    crossed: int
    changed: int
    p50: float
    p99: float
    longest: float
    answer_p99: float


def judge(run: Run) -> Found:
    """Each tap looked for in every stream, and each line of a stream among the taps."""
    lost = doubled = changed = 0
    times = []
    for seq, sent in run.sent.items():
        own = [(at, line) for number, at, line in run.arrived[seq] if number == sent.session]
        lost += not own
        doubled += len(own) > 1
        if own:
            times.append((own[0][0] - sent.at) * 1000)
            changed += not _same(own[0][1], sent.fields)
    crossed = sum(
        number != run.sent[seq].session
        for seq, arrivals in run.arrived.items()
        if seq in run.sent
        for number, _, _ in arrivals
    )
    cuts = statistics.quantiles(times, n=100)
    middle = statistics.median(times)
    answers = statistics.quantiles([one.answered * 1000 for one in run.sent.values()], n=100)
    return Found(
        *(len(run.sent), lost, doubled, crossed, changed),
        *(middle, cuts[98], max(times), answers[98]),
    )


def _same(line: dict[str, Any], fields: dict[str, str]) -> bool:
    if "pain" in fields:
        return str(line["pain"]) == fields["pain"]
    return bool(line["kind"] == fields["kind"])


def cpu_seconds(pid: int) -> float:
    """Seconds of processor time this process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Megabytes this process holds in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def run_one(given: argparse.Namespace, database_url: str) -> int:
    """Serves, measures, prints; the exit code."""
    site = new_site(database_url, debug=False)
    if given.fault:
        site.app = f"bench.dial_broken:{given.fault}"
    try:
        site.start()
        stage = json.loads(site.run(MAKE.format(given.sessions)).split("STAGE")[1])
        pid = site.process.pid if site.process else 0
        before, began = cpu_seconds(pid), time.monotonic()
        machine = Machine()
        machine.start()
        run = asyncio.run(measure(site.port, stage, given.minutes, given.every))
        busy = (cpu_seconds(pid) - before) / (time.monotonic() - began)
        memory = memory_mb(pid)
        machine.done.set()
        kept = int(site.run(COUNT).split("COUNT")[1])
    finally:
        site.stop()
    found = judge(run)
    print(f"{'PostgreSQL' if database_url else 'SQLite'}, one worker, {given.sessions} sessions,")
    print(f"{given.minutes:g} min, {found.taps} taps ({found.taps / given.minutes / 60:.1f}/s)")
    print(
        f"tap to screen: p50 {found.p50:.0f} ms, p99 {found.p99:.0f}, most {found.longest:.0f}",
        end="; ",
    )
    print(f"answer to the phone: p99 {found.answer_p99:.0f} ms")
    print(f"lost {found.lost}, doubled {found.doubled}, crossed {found.crossed}", end=", ")
    print(f"changed {found.changed}, kept without an answer {kept - found.taps - WARM_TAPS}")
    print(f"server: {busy * 100:.0f} % of a core, {memory:.0f} MB, {run.streams} streams opened")
    print(f"the machine: {machine.said()}")
    if run.refused:
        print("refused:", dict(run.refused))
    wrong = found.lost or found.doubled or found.crossed or found.changed
    if given.fault:
        seen = found.lost if given.fault == "losing" else found.crossed
        return 0 if seen else 1
    return 1 if wrong or found.p99 > SLOWEST_P99_MS else 0


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--sessions", type=int, default=150)
    parser.add_argument("--minutes", type=float, default=6)
    parser.add_argument("--every", type=float, default=10, help="seconds between a client's taps")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--fault", choices=("losing", "crossing"))
    given = parser.parse_args()
    if given.database == "sqlite":
        return run_one(given, "")
    server = postgres.start(fsync=True)
    try:
        return run_one(given, server.url)
    finally:
        server.stop()


if __name__ == "__main__":
    raise SystemExit(main())
