"""How long does documentation take? A repeat visit and a first visit, from the list of the day to
the signed note, in Chromium with pointer events at a person's speed; the repeat visit by keyboard
too.

    python3 -m bench.visit
    python3 -m bench.visit --times 3 --only repeat

The clock counts documentation alone. Hands-on time is left out: between an area's start and its
answer it is let go by in the database while the clock stands still. Reading, asking and typing are
in, at the pauses printed with each step.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, sync_playwright

from tests.support.hand import Hand
from tests.support.site import LOAD_DEMO, Site, new_site
from tests.support.visit_steps import AGE_THE_WORK, OPEN_A_VISIT, first_visit, repeat_visit

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
TABLET = {"width": 1180, "height": 820}
STEPS = {"repeat": repeat_visit, "first": first_visit}
MOST_TAPS, MOST_SECONDS = {"repeat": 25, "first": 60}, {"repeat": 90, "first": 240}


@dataclass(frozen=True)
class Run:
    """One visit: taps, keys, letters, the person's seconds, and all seconds by the clock."""

    taps: int
    keys: int
    letters: int
    seconds: float
    by_the_clock: float
    log: tuple[str, ...]


def main() -> None:
    """Prints the figures; ends with 1 when a target is missed by touch."""
    options = _options()
    site = new_site(debug=False)
    missed = False
    try:
        email, password = _prepare(site)
        with sync_playwright() as driver:
            chromium = shutil.which("chromium") or "chromium"
            browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
            for kind in STEPS if options.only == "both" else (options.only,):
                again = kind == "repeat"  # the demo clinic has one first visit to come
                for by_keyboard in (False, True) if again else (False,):
                    runs = [
                        _visit(browser, site, email, password, kind, by_keyboard)
                        for _ in range(options.times if again else 1)
                    ]
                    missed |= _tell(kind, runs, by_keyboard=by_keyboard)
            browser.close()
    finally:
        site.stop()
        shutil.rmtree(site.folder, ignore_errors=True)
    raise SystemExit(int(missed))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="repeat visits each way")
    parser.add_argument("--only", choices=("both", "repeat", "first"), default="both")
    return parser.parse_args()


def _prepare(site: Site) -> tuple[str, str]:
    """The demo clinic on a running server: the therapist's address and password."""
    migrate = "from django.core.management import call_command as c; c('migrate', verbosity=0)\n"
    told = json.loads(site.run(migrate + LOAD_DEMO).split("DEMO", 1)[1])
    site.start()
    return dict(told["logins"])["Therapist"], told["password"]


def _visit(
    browser: Browser, site: Site, email: str, password: str, kind: str, by_keyboard: bool
) -> Run:
    again = kind == "repeat"
    name = site.run(OPEN_A_VISIT.format(email=email, again=again)).split("VISITS", 1)[1].strip()
    context = browser.new_context(viewport=TABLET, has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.url}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.click("main form button[type=submit][data-main]")
    page.wait_for_url("**/today/")
    hand, left_out = Hand(page, by_keyboard=by_keyboard), [0.0]
    begun = time.monotonic()
    STEPS[kind](hand, name, password, _treat(site, left_out))
    clock = time.monotonic() - begun - left_out[0]
    context.close()
    return Run(hand.taps, hand.keys, hand.typed, hand.seconds, clock, tuple(hand.log))


def _treat(site: Site, left_out: list[float]) -> Callable[[int], None]:
    """Lets hands-on minutes go by, and keeps how long that took, to be left out."""

    def treat(minutes: int) -> None:
        begun = time.monotonic()
        site.run(AGE_THE_WORK.format(minutes=minutes))
        left_out[0] += time.monotonic() - begun

    return treat


def _tell(kind: str, runs: list[Run], *, by_keyboard: bool) -> bool:
    one = runs[0]
    seconds = statistics.median(run.seconds for run in runs)
    clock = statistics.median(run.by_the_clock for run in runs)
    how = "keyboard" if by_keyboard else "touch"
    taps = f"{one.keys} keys and {one.taps} choices" if by_keyboard else f"{one.taps} taps"
    print(
        f"{kind} visit by {how}: {taps}, {one.letters} letters typed; {seconds:.0f} s of a "
        f"person's time, {clock:.0f} s with the machine's waiting (median of {len(runs)})"
    )
    print("   " + "; ".join(one.log))
    if by_keyboard:
        return False
    missed = one.taps > MOST_TAPS[kind] or clock > MOST_SECONDS[kind]
    target = f"target {MOST_TAPS[kind]} taps, {MOST_SECONDS[kind]} s"
    print(f"   {target}: {'MISSED' if missed else 'met'}")
    return missed


if __name__ == "__main__":
    main()
