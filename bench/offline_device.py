"""A device of the offline run: a Chromium of its own, whose profile lies on the disk.

Killed, it is started again on the same profile, as a tablet is that was switched off. No call to a
browser may take for ever: one that is late has its Chromium killed, and is counted. A page that
did not open is opened once more; the second time, and for an entry at once, it is a failure.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Page
from playwright.sync_api import Error as BrowserError

from tests.support.line import Line

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
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
COPIED = """
async (path) => {
  for (const name of await caches.keys())
    if (name.startsWith("pages ") && (await (await caches.open(name)).match(path))) return true;
  return false;
}
"""
PRESS = """
([name, value]) => {
  const all = [...document.querySelectorAll(`.session button[name="${name}"]`)];
  const button = all.find((one) => one.value === value && !one.disabled);
  const { inWork } = document.getElementById("session").dataset;
  if (button) button.click();
  document.querySelector("[data-consent-ask][open] [data-consent-agreed]")?.click();
  return button ? { inWork } : null;
}
"""
SAY = """
(text) => {
  const words = document.querySelector("textarea[name=words]");
  words.value = text;
  words.form.querySelector("button[name=keep_words]").click();
  return {};
}
"""
TYPE = """
([name, text]) => {
  const part = document.querySelector(`textarea[name=${name}]`);
  part.value = text;
  part.dispatchEvent(new Event("input", { bubbles: true }));
  return {};
}
"""
PATIENCE_MS = 60_000
CALL_SECONDS = 45
"""After this the browser is taken to hang, and is killed."""
PAGES = ("room", "note", "hub")


class Stuck(RuntimeError):
    """A browser did not do what it was asked to, not even after it was started anew."""


@dataclass
class Device:
    """A browser with the session room and, once it was needed, the note."""

    name: str
    kind: BrowserType
    profile: Path
    line: Line
    session: str
    width: int
    script: str
    visit: str = ""
    live: BrowserContext | None = None
    room: Page | None = None
    note: Page | None = None
    hub: Page | None = None
    is_online: bool = True
    entered: list[dict[str, Any]] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    # --- The browser ------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The server's address at the end of this device's own line."""
        return self.line.url

    @property
    def context(self) -> BrowserContext:
        """The running browser, started on its profile when it is not running."""
        if self.live is None:
            self.live = self.kind.launch_persistent_context(
                str(self.profile),
                executable_path=CHROMIUM,
                args=FLAGS,
                viewport={"width": self.width, "height": 844},
                timeout=PATIENCE_MS,
            )
            self.live.set_default_timeout(CALL_SECONDS * 1000 * 2)  # the watch is earlier
            self.live.add_cookies([{"name": "session", "value": self.session, "url": self.url}])
            self.live.add_init_script(self.script)
            self.live.set_offline(not self.is_online)
        return self.live

    def end(self) -> None:
        """SIGKILL: the device is switched off. What it has written to its disk stays."""
        if self.live is not None:
            for pid in _processes(self.profile):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            with suppress(BrowserError):
                self.live.close()
        self.live = self.room = self.note = self.hub = None

    def throw_away(self) -> None:
        """Ends the browser and empties its disk."""
        self.end()
        shutil.rmtree(self.profile, ignore_errors=True)

    def hand_back(self) -> None:
        """Ends browser and line for good."""
        self.throw_away()
        self.line.end()

    @contextmanager
    def watched(self, what: str) -> Iterator[None]:
        """Kills the browser when what is done inside takes too long, so that the call ends.

        Raises Stuck, after the browser was ended, when the browser did not do it.
        """
        watch = threading.Timer(CALL_SECONDS, _kill, [self.profile])
        watch.start()
        try:
            yield
        except BrowserError as error:
            self.count("hung")
            self.end()
            said = str(error).partition("\n")[0]
            raise Stuck(f"{self.name} {what}: {said}") from error
        finally:
            watch.cancel()

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    # --- Pages ------------------------------------------------------------------------------

    def open(self, which: str = "room") -> Page | None:
        """The room or the note, opened when it is not; None while nothing can be loaded.

        Raises Stuck when the browser hung twice.
        """
        page: Page | None = getattr(self, which)
        if page is not None:
            return page
        try:
            page = self._opened(which)
        except Stuck:
            self.count("opened again")
            page = self._opened(which)
        setattr(self, which, page)
        return page

    def _opened(self, which: str) -> Page | None:
        path = {"hub": "/more/", "note": f"/visits/{self.visit}/note/"}
        with self.watched(f"opening {which}"):
            page = self.context.new_page()
            try:
                page.goto(
                    f"{self.url}{path.get(which, f'/visits/{self.visit}/')}", wait_until="load"
                )
                away = page.query_selector("[data-day]")
                found = None if away else page.query_selector("main")
            except BrowserError as error:
                if "net::ERR" not in str(error):
                    raise
                found = None
            if found is None:  # no copy of this visit is on the device
                page.close()
                return None
            return page

    def fetch_day(self) -> None:
        """Opens the day's list and waits until the visit's pages are copied to the device."""
        with self.watched("copying the day"):
            page = self.context.new_page()
            page.goto(f"{self.url}/today/")
            paths = [f"/visits/{self.visit}/", f"/visits/{self.visit}/note/"]
            for path in paths:
                while not page.evaluate(COPIED, path):
                    page.wait_for_timeout(50)
            page.wait_for_function("() => navigator.serviceWorker.controller", polling=50)
            page.close()

    # --- What somebody does -----------------------------------------------------------------

    def tap(self, kind: str, value: Any) -> None:
        """Presses the button with this name and value, if it can be pressed."""
        self._enter("room", kind, value, PRESS, [kind, str(value)])

    def write(self, part: str, text: str) -> None:
        """Types into a part of the note, or the room's words, and leaves it there."""
        if part == "words":
            self._enter("room", part, text, SAY, text)
        else:
            self._enter("note", part, text, TYPE, [part, text])

    def _enter(self, which: str, kind: str, value: Any, script: str, given: Any) -> None:
        page = self.open(which)
        if page is None:
            return
        with self.watched(f"entering {kind}"):
            before, started = page.evaluate("keptKeys.length"), time.perf_counter()
            told = page.evaluate(script, given)
            if told is None:
                return
            page.wait_for_function("n => keptKeys.length > n", arg=before, polling=10)
            self.delays.append((time.perf_counter() - started) * 1000)
            key = page.evaluate("keptKeys[keptKeys.length - 1]")
        again = kind == "area" and self._goes_on(value, told["inWork"])
        self.entered.append(
            {"device": self.name, "kind": kind, "value": value, "key": key, "again": again}
        )
        if not self.is_online:
            self.count("entered offline")

    def _goes_on(self, area: Any, shown: str) -> bool:
        """Whether this area is in work here already: so the page shows it, or it shows nothing
        yet, loaded while this device's own tap of before still waits."""
        own = [step for step in self.entered if step["kind"] in ("area", "pause")]
        return bool(shown == area or (not shown and own and own[-1]["value"] == area))

    def cut(self, is_online: bool) -> None:
        """Cuts the line, or mends it; the browser is told, as a device's is."""
        self.is_online = is_online
        (self.line.mend if is_online else self.line.cut)()
        if self.live is not None:
            with self.watched("cutting"):
                self.live.set_offline(not is_online)

    def crash(self, how: str) -> None:
        """Without a word to the pages: the tabs are closed, their renderers die, or the device
        is switched off (`close`, `renderer`, `device`)."""
        self.count(f"crash: {how}")
        if how == "device":
            self.end()
        pages = [page for page in (self.room, self.note, self.hub) if page]
        self.room = self.note = self.hub = None
        try:
            with self.watched("crashing"):
                for page in pages:
                    if how == "renderer":
                        with suppress(BrowserError):
                            page.goto("chrome://crash", timeout=1000)
                for page in pages:
                    page.close(run_before_unload=False)
        except Stuck:  # it was to be closed without warning, and it was
            self.count("killed instead")

    # --- The end of a sequence --------------------------------------------------------------

    def waiting(self) -> list[dict[str, Any]]:
        """What the device still keeps, refused entries included."""
        page = self.hub or self.room or self.note or self.open("hub")
        if page is None:
            raise Stuck(f"{self.name}: no page can be opened though all works")
        with self.watched("reading the store"):
            rows: list[dict[str, Any]] = page.evaluate(STORE, False)
        return rows

    def settle(self) -> dict[str, str]:
        """Waits until nothing waits any more; the reasons of what was refused, by key."""
        until = time.monotonic() + PATIENCE_MS / 1000
        rows = self.waiting()
        page = self.hub or self.room or self.note
        assert page is not None
        if not page.evaluate("Boolean(window.indexedDB)"):
            time.sleep(4)  # in memory only: what is not sent by now never will be
        while time.monotonic() < until:
            if not [row for row in rows if row["state"] == "waiting"]:
                return {row["key"]: row["problem"] for row in rows}
            page.evaluate("window.dispatchEvent(new Event('online'))")  # the line is back
            time.sleep(0.1)
            rows = self.waiting()
        raise Stuck(f"{self.name} still keeps {len(rows)} entries")

    def leave(self) -> None:
        """Puts the visit away and empties the device for the next one."""
        pages = [page for page in (self.room, self.note, self.hub) if page]
        self.room = self.note = self.hub = None
        self.entered = []
        with self.watched("leaving"):
            for page in pages:
                page.evaluate(STORE, True)
                page.close()


def devices(kind: BrowserType, url: str, session: str, without: str = "") -> Iterator[Device]:
    """A tablet and a phone on which the same therapist is signed in."""
    for name, width in (("tablet", 1180), ("phone", 390)):
        profile = Path(tempfile.mkdtemp(prefix=f"unknot-{name}-"))
        line = Line(int(url.rpartition(":")[2]))
        yield Device(name, kind, profile, line, session, width, WITHOUT.get(without, "") + LISTEN)


def _processes(profile: Path) -> list[int]:
    """The Chromium that has this profile open."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = place.read_bytes().split(b"\0")
            own = f"--user-data-dir={profile}".encode() in words
            if own and not any(word.startswith(b"--type=") for word in words):
                found.append(int(place.parent.name))
    return found


def _kill(profile: Path) -> None:
    for pid in _processes(profile):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
