"""Nothing entered is ever lost: two devices in real browsers, and everything that can go wrong.

Each sequence is one visit on a tablet and a phone, each a Chromium of its own with its service
worker. Steps drawn from a seed: taps, words and parts of the note on either; the network cut and
restored; the server killed and started again; tabs closed without warning, renderers that die, a
device that is switched off, and pages opened again, from the device's own copies when there is no
line. Every third visit is of today and so copied to the devices. At the end everything works
again, the devices send what they kept, and the database is held against what was entered. An entry
counts from the moment the page has it on the device. A browser that hangs is killed and counted;
what then still does not work is a failure. Ends with 1 on any loss or failure.

    python -m bench.offline --sequences 200
    python -m bench.offline --sequences 100 --seed 1000         (the other half, in parallel)
    python -m bench.offline --sequences 20 --without outbox     (must lose entries)
    python -m bench.offline --sequences 20 --without versions   (must overwrite silently)
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.offline_device import WITHOUT, Device, Stuck, devices
from bench.offline_server import ForkedSite, forked_site

BEFORE_AND_AFTER = ("pain_before", "pain_after")
STEPS = (
    *(("tap", 10), ("area", 6), ("pause", 3), ("type", 6), ("words", 2), ("cut", 3)),
    *(("mend", 2), ("kill", 1), ("serve", 3), ("crash", 2), ("reload", 1), ("rest", 2)),
)
CRASHES = ("close", "renderer", "device")
WRONG = ("lost", "doubled", "silent")
EVERY = 10
"""Sequences between two looks at the database."""
TODAY = 3
"""Every so manyth visit is of today."""
SEQUENCE_SECONDS = 400
"""A sequence that takes longer ends the run, with where it stood."""
AREAS = ("low_back", "buttock", "upper_back")
PARTS = ("assessment", "plan", "client_summary")


@dataclass
class Stage:
    """The site, its two devices, and what every sequence counted."""

    site: ForkedSite
    devices: tuple[Device, Device]
    counts: Counter[str] = field(default_factory=Counter)

    def play(self, visit: str, seed: int, steps: int, *, today: bool = False) -> dict[str, Any]:
        """One sequence; what was entered, what was refused with a reason, what did not work."""
        draw, stuck = random.Random(seed), ""
        for device in self.devices:
            device.visit = visit
        try:
            if today:
                self._make_today(visit)
            for number in range(steps):
                self._step(draw, f"{seed}-{number}")
            refused = self._settled()
        except Stuck as error:
            stuck, refused = str(error), {}
        entered = [step for device in self.devices for step in device.entered]
        self._leave(stuck)
        return {
            "visit": visit,
            "seed": seed,
            "entered": entered,
            "refused": refused,
            "stuck": stuck,
        }

    def _make_today(self, visit: str) -> None:
        """The visit is today's, and its pages are copied to both devices."""
        self.counts["copied to the devices"] += 1
        self.site.run(f"from bench import offline_stage as s; s.make_today({visit!r})")
        for device in self.devices:
            device.fetch_day()

    def _step(self, draw: random.Random, mark: str) -> None:
        names = [name for name, _ in STEPS]
        step = draw.choices(names, [weight for _, weight in STEPS])[0]
        device = draw.choice(self.devices)
        self.counts[step] += 1
        if step == "tap":
            name = draw.choice([*BEFORE_AND_AFTER, *BEFORE_AND_AFTER, "pressure", "response"])
            device.tap(name, self._value(draw, name))
        elif step == "area":
            device.tap("area", draw.choice(AREAS))
        elif step == "pause":
            device.tap("pause", 1)
        elif step == "words":
            device.write("words", f"words {mark}")
        elif step == "type":
            device.write(draw.choice(PARTS), f"text {mark}")
        else:
            self._trouble(step, device, draw)

    def _value(self, draw: random.Random, name: str) -> Any:
        if name == "pressure":
            return draw.randint(1, 3)
        return draw.choice(["eased", "tender"]) if name == "response" else draw.randint(0, 10)

    def _trouble(self, step: str, device: Device, draw: random.Random) -> None:
        if step in ("cut", "mend"):
            device.cut(step == "mend")
        elif step == "kill":
            self.site.kill()
        elif step == "serve":
            self.site.serve()
        elif step == "crash":
            device.crash(draw.choice(CRASHES))
        elif step == "reload":
            device.crash("close")
            device.open()
        else:
            time.sleep(draw.random() * 0.6)

    def _settled(self) -> dict[str, str]:
        """Everything works again; the devices send what they kept."""
        self.site.serve()
        refused: dict[str, str] = {}
        for device in self.devices:
            device.cut(True)
        for device in self.devices:
            refused |= device.settle()
        return refused

    def _leave(self, stuck: str) -> None:
        self.site.serve()
        for device in self.devices:
            device.cut(True)
            if stuck:  # what it still held stays out of the next sequence
                device.throw_away()
            device.leave()


def made(site: ForkedSite, count: int) -> dict[str, Any]:
    """The practice and its visits; the site is migrated and serves."""
    site.start()
    told: dict[str, Any] = json.loads(
        site.run(f"from bench import offline_stage as s; s.make({count})")
    )
    return told


def judged(site: ForkedSite, runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the database says of every sequence."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump(runs, file)
    told = site.run(f"from bench import offline_stage as s; s.look({file.name!r})")
    Path(file.name).unlink()
    found: list[dict[str, Any]] = json.loads(told)["runs"]
    return found


def run(sequences: int, steps: int, seed: int, without: str = "") -> dict[str, Any]:
    """Plays the sequences and counts; prints one line for each that failed."""
    site, started = forked_site(), time.monotonic()
    told = made(site, sequences)
    with sync_playwright() as driver:
        pair = tuple(devices(driver.chromium, site.url, told["session"], without))
        stage = Stage(site, (pair[0], pair[1]))
        runs: list[dict[str, Any]] = []
        found: list[dict[str, Any]] = []
        for number, visit in enumerate(told["visits"], start=1):
            faulthandler.dump_traceback_later(SEQUENCE_SECONDS, exit=True)
            runs.append(stage.play(visit, seed + number, steps, today=number % TODAY == 0))
            if number % EVERY == 0 or number == sequences:
                found += judged(site, runs[len(found) :])
                _say(number, runs, found, round(time.monotonic() - started))
        faulthandler.cancel_dump_traceback_later()
        for device in pair:
            device.hand_back()
    site.stop()
    shutil.rmtree(site.folder, ignore_errors=True)
    for one, played in zip(found, runs, strict=True):
        if played["stuck"] or any(one[name] for name in WRONG):
            print(f"seed {played['seed']}: {played['stuck']} {one}")
    return summed(found, runs, stage) | {"seconds": round(time.monotonic() - started)}


def _say(
    number: int, runs: list[dict[str, Any]], found: list[dict[str, Any]], seconds: int
) -> None:
    wrong = {name: sum(len(one[name]) for one in found) for name in WRONG}
    wrong["stuck"] = sum(1 for one in runs if one["stuck"])
    entered = sum(len(one["entered"]) for one in runs)
    print(f"{number} in {seconds} s: {entered} entered, {wrong}", flush=True)


def summed(
    found: list[dict[str, Any]], runs: list[dict[str, Any]], stage: Stage
) -> dict[str, Any]:
    """The figures of all sequences."""
    delays = [delay for device in stage.devices for delay in device.delays]
    counts: Counter[str] = Counter()
    for device in stage.devices:
        counts.update(device.counts)
    return {
        "sequences": len(runs),
        "entered": sum(len(one["entered"]) for one in runs),
        "stuck": sum(1 for one in runs if one["stuck"]),
        "lost": sum(len(one["lost"]) for one in found),
        "doubled": sum(len(one["doubled"]) for one in found),
        "silent": sum(len(one["silent"]) for one in found),
        "conflicts shown": sum(one["conflicts"] for one in found),
        "refused with a reason": sum(len(one["refused"]) for one in runs),
        "reasons": sorted({reason for one in runs for reason in one["refused"].values()}),
        "ms to the device, median": round(statistics.median(delays), 1),
        "ms to the device, p99": round(statistics.quantiles(delays, n=100)[-1], 1),
        "steps": dict(stage.counts),
        "of the devices": dict(counts),
    }


def main() -> int:
    """Plays what the command line asks for; 1 on any loss or failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequences", type=int, default=200)
    parser.add_argument("--steps", type=int, default=14)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", choices=sorted(WITHOUT), default="")
    given = parser.parse_args()
    told = run(given.sequences, given.steps, given.seed, given.without)
    print(json.dumps(told, indent=1))
    return 1 if any(told[name] for name in ("stuck", *WRONG)) else 0


if __name__ == "__main__":
    sys.exit(main())
