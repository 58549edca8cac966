"""A hand on a tablet, or on its keyboard: taps as pointer events, at a human's pace, counted.

Two clocks run. The person's: so many seconds for each tap, key and pause to read, as stated in
`Pace`. The machine's: what the person then still has to wait for. With `Pace.none` nobody waits
and only the counting remains.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Locator, Page

WORDS_A_MINUTE: Final = 40
LETTERS_A_WORD: Final = 5
MOST_KEYS: Final = 120
FOCUSED: Final = "one => document.activeElement === one"
IS_CHOICE: Final = "one => one.matches('input[type=radio], input[type=checkbox]')"
SAME_GROUP: Final = """one => {
  const group = one.closest('[data-arrows]');
  return Boolean(group && group === document.activeElement?.closest('[data-arrows]'));
}"""


@dataclass(frozen=True)
class Pace:
    """Seconds a person needs: from `fastest` to `slowest` for a tap, `key` for a key that moves
    the focus. `sleeps` says whether the time really passes."""

    fastest: float = 0.8
    slowest: float = 1.2
    key: float = 0.35
    sleeps: bool = True


NONE: Final = Pace(sleeps=False)


@dataclass
class Hand:
    """What one person did on one page, and how long it took."""

    page: Page
    pace: Pace = field(default_factory=Pace)
    by_keyboard: bool = False
    taps: int = 0
    keys: int = 0
    typed: int = 0
    seconds: float = 0.0
    waited: float = 0.0
    log: list[str] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    def tap(self, what: Locator, name: str) -> None:
        """One tap in the middle of it; or, by keyboard, the keys that lead there and Enter."""
        self._ready(what)
        if self.by_keyboard:
            self._reach(what)
            self._spend(self.pace.key)
            self.page.keyboard.press("Space" if what.evaluate(IS_CHOICE) else "Enter")
            self.keys += 1
        else:
            self._spend(self.dice.uniform(self.pace.fastest, self.pace.slowest))
            what.tap()
        self.taps += 1
        self.log.append(name)

    def read(self, seconds: float, what: str) -> None:
        """A pause to read, to ask or to think."""
        self._spend(seconds)
        self.log.append(f"({what}, {seconds:g} s)")

    def type(self, what: Locator, text: str, name: str) -> None:
        """Types into a field, at forty words a minute; a tap puts the cursor there."""
        if self.by_keyboard:
            self._ready(what)
            self._reach(what)
        else:
            self.tap(what, f"cursor into {name}")
        self._spend(len(text) * 60 / (WORDS_A_MINUTE * LETTERS_A_WORD))
        self.page.keyboard.type(text)
        self.typed += len(text)
        self.log.append(f"type {name}, {len(text)} letters")

    def wait_for(self, what: Locator) -> None:
        """Waits for what the machine has to show before one can go on."""
        self._ready(what)

    def _ready(self, what: Locator) -> None:
        begun = time.monotonic()
        what.wait_for(state="visible")
        while what.is_disabled():
            self.page.wait_for_timeout(20)
        self.waited += time.monotonic() - begun

    def _spend(self, seconds: float) -> None:
        self.seconds += seconds
        if self.pace.sleeps:
            self.page.wait_for_timeout(seconds * 1000)

    def _reach(self, what: Locator) -> None:
        """Tab until the focus is there, or in its group, where the arrows lead on."""
        for _ in range(MOST_KEYS):
            if what.evaluate(FOCUSED):
                return
            key = "ArrowRight" if what.evaluate(SAME_GROUP) else "Tab"
            self._spend(self.pace.key)
            self.page.keyboard.press(key)
            self.keys += 1
        raise AssertionError(f"the keyboard never reached {what}")

    @property
    def letters_seconds(self) -> float:
        """Of the seconds, those spent on typing."""
        return self.typed * 60 / (WORDS_A_MINUTE * LETTERS_A_WORD)
