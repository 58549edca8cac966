"""What stands on the therapist's screen: which alert of the dial's log still asks for an answer.

A stop stands until somebody on the staff has seen it, even when the client took it back: a stop
may be a slip, but only the person in the room can know. Pain above the cap stands until it is
seen, taken back, or answered by the client with "just right", "more" or a pain within the cap.
A touch that waited on the phone speaks of a moment that is over: it answers nothing, and only a
stop among such touches stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .dial import Alert, Cap, DialEvent, Word
from .late import is_late, judge_late


@dataclass(frozen=True)
class Line:
    """One line of the log, numbered in the order in which it was kept.

    Either a `touch` of the client with the `cap` in force then, or a remark about the touch
    numbered `about`: `seen` by the staff, or else taken back by the client. `waited_seconds` is
    how long the touch was on the phone before it came.
    """

    seq: int
    touch: DialEvent | None = None
    cap: Cap | None = None
    about: int = 0
    seen: bool = False
    waited_seconds: float = 0.0

    def __post_init__(self) -> None:
        if (self.touch is None) != (self.cap is None):
            raise ValueError("A touch comes with the limits that held then: give `cap`.")


@dataclass(frozen=True)
class Standing:
    """The alert to show now: the number of its touch, what it is, and its words."""

    seq: int
    alert: Alert
    say: str
    taken_back: bool = False


def standing(log: Iterable[Line], now: Standing | None = None) -> Standing | None:
    """The alert that stands after these lines, or None when nothing asks for an answer.

    `now` is what stood before them.
    """
    for line in log:
        now = _after(now, line)
    return now


def _after(now: Standing | None, line: Line) -> Standing | None:
    if line.touch is not None and line.cap is not None:
        return _touched(now, line, line.touch, line.cap)
    if now is None or line.about < now.seq:
        return now
    if line.seen or now.alert is not Alert.STOP:
        return None
    return Standing(now.seq, now.alert, "Stop, then taken back. Ask before you go on.", True)


def _touched(now: Standing | None, line: Line, touch: DialEvent, cap: Cap) -> Standing | None:
    found = judge_late(touch, cap, line.waited_seconds)
    is_stopped = now is not None and now.alert is Alert.STOP
    if found.alert is Alert.STOP or (found.alert and not is_stopped):
        return Standing(line.seq, found.alert, found.say)
    if is_late(line.waited_seconds) or is_stopped or found.alert or touch.word is Word.LESS:
        return now
    return None
