"""What stands on the therapist's screen: which alert of the dial's log still asks for an answer.

A stop stands until somebody on the staff has seen it, even when the client took it back: a stop
may be a slip, but only the person in the room can know. Pain above the cap stands until it is
seen, taken back, or answered by the client with "just right", "more" or a pain within the cap.
A touch that waited on the phone speaks of a moment that is over: it answers nothing, and only a
stop among such touches stands. Once the visit is finished there are no hands to lift: what nobody
has seen by then still stands, and asks how the client is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from .dial import Alert, Cap, DialEvent, Judgement, Word
from .late import ASK_NOW, is_late, judge_after_end, judge_late

TAKEN_BACK: Final = "Stop, then taken back. Ask before you go on."
UNSEEN: Final = "and not marked as seen before the visit was finished"


@dataclass(frozen=True)
class Line:
    """One line of the log, numbered in the order in which it was kept.

    Either a `touch` of the client with the `cap` in force then, or a remark about the touch
    numbered `about`: `seen` by the staff, or else taken back by the client. `waited_seconds` is
    how long the touch was on the phone before it came, `after_end` that the visit was finished
    when it came.
    """

    seq: int
    touch: DialEvent | None = None
    cap: Cap | None = None
    about: int = 0
    seen: bool = False
    waited_seconds: float = 0.0
    after_end: bool = False

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
    after_end: bool = False


def standing(log: Iterable[Line], *, is_over: bool = False) -> Standing | None:
    """The alert that stands after these lines, or None when nothing asks for an answer.

    `log` are all lines from the first on: a touch that was taken back answered nothing, so what
    stood before it stands again. `is_over`: the visit is finished.
    """
    lines = tuple(log)
    slips = {line.about for line in lines if line.touch is None and not line.seen}
    now: Standing | None = None
    for line in lines:
        now = _after(now, line, is_slip=line.seq in slips)
    if is_over and now is not None and not now.after_end:
        return replace(now, say=_say_unseen(now))
    return now


def _say_unseen(now: Standing) -> str:
    """An alert of a visit that is finished, as it is then."""
    if now.alert is Alert.ABOVE_CAP:
        return f"Pain above the limit was tapped {UNSEEN}. {ASK_NOW}"
    back = ", taken back" if now.taken_back else ""
    return f"Stop was tapped{back} {UNSEEN}. {ASK_NOW}"


def _after(now: Standing | None, line: Line, *, is_slip: bool) -> Standing | None:
    if line.touch is not None and line.cap is not None:
        return _touched(now, line, line.touch, line.cap, is_slip=is_slip)
    if now is not None and line.seen and line.about >= now.seq:
        return None
    return now


def _touched(
    now: Standing | None, line: Line, touch: DialEvent, cap: Cap, *, is_slip: bool
) -> Standing | None:
    late = line.after_end or is_late(line.waited_seconds)
    found = _judged(line, touch, cap)
    is_stopped = now is not None and now.alert is Alert.STOP
    if found.alert is Alert.STOP:
        is_taken_back = is_slip and (now is None or not is_stopped or now.taken_back)
        say = TAKEN_BACK if is_taken_back else found.say
        return Standing(line.seq, Alert.STOP, say, is_taken_back, line.after_end)
    if is_slip or is_stopped or late:
        return now
    if found.alert:
        return Standing(line.seq, found.alert, found.say)
    return now if touch.word is Word.LESS else None


def _judged(line: Line, touch: DialEvent, cap: Cap) -> Judgement:
    if line.after_end:
        return judge_after_end(touch, cap)
    return judge_late(touch, cap, line.waited_seconds)
