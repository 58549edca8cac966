"""Nothing entered is ever lost: two devices in a real browser, and everything that can go wrong.

Each sequence is one visit on a tablet and a phone. Steps drawn from a seed: taps, words and parts
of the note on either; the network cut and restored; the server killed and started again; the tab
crashed, or closed without warning, and opened again. At the end everything works again, the
devices send what they kept, and the database is held against what was entered. An entry counts
from the moment the page has it on the device.

    python -m bench.offline --sequences 200
    python -m bench.offline --sequences 20 --without outbox     (must lose entries)
    python -m bench.offline --sequences 20 --without versions   (must overwrite silently)
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.support.site import Site, SiteDidNotStartError, new_site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
LISTEN = """
window.keptKeys = [];
document.addEventListener("outbox:kept", (event) => window.keptKeys.push(event.detail.key));
"""
WITHOUT = {
    "outbox": "Object.defineProperty(window, 'indexedDB', { value: undefined });",
    "versions": """
const text = URLSearchParams.prototype.toString;
URLSearchParams.prototype.toString = function () {
  this.delete("bases");
  return text.call(this);
};
""",
}
STORE = """
(empty) => new Promise((done, fail) => {
  if (!window.indexedDB) return done([]);
  setTimeout(() => fail(new Error("the store did not answer")), 8000);
  const opening = indexedDB.open("unknot");
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = () => {
    const act = opening.result.transaction("entries", "readwrite");
    const rows = act.objectStore("entries").getAll();
    if (empty) act.objectStore("entries").clear();
    act.oncomplete = () => { opening.result.close(); done(rows.result); };
  };
})
"""
PRESS = """
([name, value]) => {
  const all = [...document.querySelectorAll(`.session button[name="${name}"]`)];
  const button = all.find((one) => one.value === value && !one.disabled);
  if (button) button.click();
  return Boolean(button);
}
"""
SAY = """
(text) => {
  const words = document.querySelector("textarea[name=words]");
  words.value = text;
  words.form.querySelector("button[name=keep_words]").click();
  return true;
}
"""
TYPE = """
([name, text]) => {
  const part = document.querySelector(`textarea[name=${name}]`);
  part.value = text;
  part.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}
"""
BEFORE_AND_AFTER = ("pain_before", "pain_after")
STEPS = (
    *(("tap", 10), ("area", 6), ("pause", 3), ("type", 6), ("words", 2), ("cut", 3)),
    *(("mend", 2), ("kill", 1), ("serve", 3), ("crash", 2), ("reload", 1), ("rest", 2)),
)
WRONG = ("lost", "doubled", "silent")
EVERY = 10
"""Sequences between two looks at the database."""
PATIENCE_MS = 60_000
AREAS = ("low_back", "buttock", "upper_back")
PARTS = ("assessment", "plan", "client_summary")


@dataclass
class Device:
    """A browser of its own with the session room and, once it was needed, the note."""

    name: str
    context: BrowserContext
    url: str
    visit: str = ""
    room: Page | None = None
    note: Page | None = None
    hub: Page | None = None
    is_online: bool = True
    entered: list[dict[str, Any]] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)

    def open(self, which: str = "room") -> Page | None:
        """The room or the note, opened when it is not; None while nothing can be loaded."""
        page: Page | None = getattr(self, which)
        if page is None:
            page = self.context.new_page()
            path = "/more/" if which == "hub" else f"/visits/{self.visit}/"
            path += "note/" if which == "note" else ""
            try:
                page.goto(f"{self.url}{path}", wait_until="load")
                away = page.query_selector("[data-day]")
                found = None if away else page.query_selector("main")
            except BrowserError:
                found = None
            if found is None:  # no copy of this visit is on the device
                page.close()
                return None
            setattr(self, which, page)
        return page

    def tap(self, kind: str, value: Any) -> None:
        """Presses the button with this name and value, if it can be pressed."""
        page = self.open()
        if page is None:
            return
        self._enter(page, kind, value, lambda: page.evaluate(PRESS, [kind, str(value)]))

    def write(self, part: str, text: str) -> None:
        """Types into a part of the note, or the room's words, and leaves it there."""
        page = self.open("room" if part == "words" else "note")
        if page is None:
            return
        if part == "words":
            self._enter(page, part, text, lambda: page.evaluate(SAY, text))
        else:
            self._enter(page, part, text, lambda: page.evaluate(TYPE, [part, text]))

    def _enter(self, page: Page, kind: str, value: Any, press: Any) -> None:
        before, started = page.evaluate("keptKeys.length"), time.perf_counter()
        if not press():
            return
        page.wait_for_function("n => keptKeys.length > n", arg=before, polling=10)
        self.delays.append((time.perf_counter() - started) * 1000)
        key = page.evaluate("keptKeys[keptKeys.length - 1]")
        self.entered.append({"device": self.name, "kind": kind, "value": value, "key": key})

    def cut(self, is_online: bool) -> None:
        """Cuts the network off, or restores it."""
        self.context.set_offline(not is_online)
        self.is_online = is_online

    def crash(self, *, hard: bool) -> None:
        """The renderer dies, or the tabs are closed, without a word to the pages."""
        for which in ("room", "note", "hub"):
            page: Page | None = getattr(self, which)
            if page is None:
                continue
            if hard:  # once: the tabs of one device share a renderer, which takes them all
                hard = False
                with suppress(BrowserError):
                    page.goto("chrome://crash", timeout=1000)
            page.close(run_before_unload=False)
            setattr(self, which, None)

    def waiting(self) -> list[dict[str, Any]]:
        """What the device still keeps, refused entries included."""
        page = self.open("hub")
        rows: list[dict[str, Any]] = page.evaluate(STORE, False) if page else []
        return rows

    def settle(self) -> dict[str, str]:
        """Waits until nothing waits any more; the reasons of what was refused, by key."""
        until = time.monotonic() + PATIENCE_MS / 1000
        page = self.open("hub")
        if page and not page.evaluate("Boolean(window.indexedDB)"):
            time.sleep(4)  # in memory only: what is not sent by now never will be
        while time.monotonic() < until:
            rows = self.waiting()
            if not [row for row in rows if row["state"] == "waiting"]:
                return {row["key"]: row["problem"] for row in rows}
            time.sleep(0.1)
        raise TimeoutError(f"{self.name} still keeps {len(self.waiting())} entries")

    def leave(self) -> None:
        """Puts the visit away and empties the device for the next one."""
        pages = [page for page in (self.room, self.note, self.hub) if page]
        for page in pages:
            page.evaluate(STORE, True)
            page.close()
        self.room = self.note = self.hub = None
        self.entered = []


@dataclass
class Stage:
    """The site, its two devices, and what every sequence counted."""

    site: Site
    devices: tuple[Device, Device]
    counts: dict[str, int] = field(default_factory=dict)

    def play(self, visit: str, seed: int, steps: int) -> dict[str, Any]:
        """One sequence; what was entered and what was refused with a reason."""
        draw = random.Random(seed)
        for device in self.devices:
            device.visit = visit
        for number in range(steps):
            self._step(draw, f"{seed}-{number}")
        return self._end(visit, seed)

    def _step(self, draw: random.Random, mark: str) -> None:
        names = [name for name, _ in STEPS]
        step = draw.choices(names, [weight for _, weight in STEPS])[0]
        device = draw.choice(self.devices)
        self.counts[step] = self.counts.get(step, 0) + 1
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
            self._serve()
        elif step == "crash":
            device.crash(hard=draw.random() < 0.5)
        elif step == "reload":
            device.crash(hard=False)
            device.open()
        else:
            time.sleep(draw.random() * 1.2)

    def _serve(self) -> None:
        for _ in range(3):  # on a busy machine a start may take longer than the wait for it
            if self.site.process is not None and self.site.process.poll() is None:
                return
            with suppress(SiteDidNotStartError):
                self.site.serve()
                return
            self.site.kill()
        raise SiteDidNotStartError("the server did not start three times")

    def _end(self, visit: str, seed: int) -> dict[str, Any]:
        """Everything works again; the devices send what they kept."""
        self._serve()
        refused: dict[str, str] = {}
        entered = [step for device in self.devices for step in device.entered]
        for device in self.devices:
            device.cut(True)
        for device in self.devices:
            refused |= device.settle()
            device.leave()
        return {"visit": visit, "seed": seed, "entered": entered, "refused": refused}


def devices(browser: Browser, site: Site, session: str, without: str) -> Iterator[Device]:
    """A tablet and a phone on which the same therapist is signed in."""
    for name, width in (("tablet", 1180), ("phone", 390)):
        # Without the worker: its copies of pages are another matter, tried in tests/browser.
        context = browser.new_context(
            viewport={"width": width, "height": 844}, service_workers="block"
        )
        context.add_cookies([{"name": "session", "value": session, "url": site.url}])
        context.add_init_script(WITHOUT.get(without, "") + LISTEN)
        yield Device(name, context, site.url)


def made(site: Site, count: int) -> dict[str, Any]:
    """The practice and its visits; the site is migrated and serves."""
    site.start()
    told: dict[str, Any] = json.loads(
        site.run(f"from bench import offline_stage as s; s.make({count})")
    )
    return told


def judged(site: Site, runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the database says of every sequence."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump(runs, file)
    told = site.run(f"from bench import offline_stage as s; s.look({file.name!r})")
    Path(file.name).unlink()
    found: list[dict[str, Any]] = json.loads(told)["runs"]
    return found


def run(sequences: int, steps: int, seed: int, without: str = "") -> dict[str, Any]:
    """Plays the sequences and counts; prints one line for each that failed."""
    site, started = new_site(debug=False), time.monotonic()
    told = made(site, sequences)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pair = tuple(devices(browser, site, told["session"], without))
        stage = Stage(site, (pair[0], pair[1]))
        runs: list[dict[str, Any]] = []
        found: list[dict[str, Any]] = []
        for number, visit in enumerate(told["visits"], start=1):
            runs.append(stage.play(visit, seed + number, steps))
            if number % EVERY == 0 or number == sequences:
                found += judged(site, runs[len(found) :])
                wrong = {name: sum(len(one[name]) for one in found) for name in WRONG}
                entered = sum(len(one["entered"]) for one in runs)
                seconds = round(time.monotonic() - started)
                print(f"{number} in {seconds} s: {entered} entered, {wrong}", flush=True)
        delays = [delay for device in pair for delay in device.delays]
        browser.close()
    site.stop()
    shutil.rmtree(site.folder, ignore_errors=True)
    for one, played in zip(found, runs, strict=True):
        if one["lost"] or one["doubled"] or one["silent"]:
            print(f"seed {played['seed']}: {one}")
    return summed(found, runs, delays, stage.counts) | {
        "seconds": round(time.monotonic() - started)
    }


def summed(
    found: list[dict[str, Any]],
    runs: list[dict[str, Any]],
    delays: list[float],
    counts: dict[str, int],
) -> dict[str, Any]:
    """The figures of all sequences."""
    return {
        "sequences": len(runs),
        "entered": sum(len(one["entered"]) for one in runs),
        "lost": sum(len(one["lost"]) for one in found),
        "doubled": sum(len(one["doubled"]) for one in found),
        "silent": sum(len(one["silent"]) for one in found),
        "conflicts shown": sum(one["conflicts"] for one in found),
        "refused with a reason": sum(len(one["refused"]) for one in runs),
        "reasons": sorted({reason for one in runs for reason in one["refused"].values()}),
        "ms to the device, median": round(statistics.median(delays), 1),
        "ms to the device, p99": round(statistics.quantiles(delays, n=100)[-1], 1),
        "steps": counts,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequences", type=int, default=200)
    parser.add_argument("--steps", type=int, default=14)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", choices=sorted(WITHOUT), default="")
    given = parser.parse_args()
    print(json.dumps(run(given.sequences, given.steps, given.seed, given.without), indent=1))
