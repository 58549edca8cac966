"""The dial: what a tap of the client means for the hands of the therapist.

The client taps one of four words (less, just right, more, stop) or a pain number from 0 to 10.
Each tap belongs to the area in work, and is judged against two limits: the pressure ceiling of the
screening (1 to 5) and the pain cap of the technique (5 of 10 for pressure work, 3 for relaxation;
a practice convention, no trial behind it). A "good hurt" above the cap is an alert all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PAIN_CAP_PRESSURE_WORK_0_10 = 5
LIGHTEST_PRESSURE = 1
DEEPEST_PRESSURE = 5


class Word(StrEnum):
    """The four words of the dial."""

    LESS = "less"
    RIGHT = "right"
    MORE = "more"
    STOP = "stop"


class Alert(StrEnum):
    """What must be answered at once; stop comes before everything."""

    STOP = "stop"
    ABOVE_CAP = "above_cap"


@dataclass(frozen=True)
class DialEvent:
    """One tap: a word or a pain number, never both, with the area and pressure (1-5) in work when
    it came.

    `area` is "" while no area is in work; `pressure` is then None.
    """

    at: datetime
    area: str = ""
    word: Word | None = None
    pain_0_10: int | None = None
    pressure: int | None = None

    def __post_init__(self) -> None:
        if (self.word is None) == (self.pain_0_10 is None):
            raise ValueError("A tap is one word or one pain number: give `word` or `pain_0_10`.")
        if self.pain_0_10 is not None and not 0 <= self.pain_0_10 <= 10:
            raise ValueError("Pain on the dial is a whole number from 0 to 10.")


@dataclass(frozen=True)
class Cap:
    """The two limits of the work in hand: pain 0-10 that may not be passed, and pressure 1-5."""

    pain_0_10: int
    pressure: int = DEEPEST_PRESSURE


@dataclass(frozen=True)
class Judgement:
    """What one tap asks for: `say` is for the therapist's screen, `tell` for the client's.

    `pressure` is the level to go to (None when no level is known or the tap asks for none).
    """

    alert: Alert | None
    say: str
    tell: str
    pressure: int | None = None


@dataclass(frozen=True)
class AreaLog:
    """All taps on one area: how often each word came, the pain range, the alerts, and the pressure
    that was right.

    `right_pressure` is the firmest level called just right below every one on which an alert or a
    "less" came; None when there is none. `pain_limit_0_10` is the lowest pain limit that held.
    `stop_back` are stops that were taken back: they count for nothing else.
    """

    area: str
    less: int
    right: int
    more: int
    stop: int
    pain_highest_0_10: int | None
    pain_last_0_10: int | None
    alerts: int
    right_pressure: int | None
    pain_limit_0_10: int | None = None
    stop_back: int = 0

    @property
    def taps(self) -> int:
        """How many words were tapped."""
        return self.less + self.right + self.more + self.stop


def cap_for(*, technique_cap_0_10: int, screening_cap_0_10: int, pressure_ceiling: int) -> Cap:
    """The limits in force: the stricter of the technique's and the screening's pain cap, and
    the pressure ceiling."""
    return Cap(pain_0_10=min(technique_cap_0_10, screening_cap_0_10), pressure=pressure_ceiling)


def judge(event: DialEvent, cap: Cap) -> Judgement:
    """What the therapist and the client are told about one tap."""
    if event.word is Word.STOP:
        return Judgement(
            Alert.STOP, "Stop. Lift your hands, then ask.", "Your therapist has been told to stop."
        )
    if event.pain_0_10 is not None:
        return _judge_pain(event.pain_0_10, event.pressure, cap)
    if event.word is Word.LESS:
        return Judgement(
            None, "Less, please.", "Your therapist sees: less.", _lighter(event.pressure)
        )
    if event.word is Word.MORE:
        return _judge_more(event.pressure, cap)
    return Judgement(None, "Just right.", "Your therapist sees: just right.", event.pressure)


def tell_seen(event: DialEvent) -> str:
    """What the client is told once somebody on the staff has seen this touch."""
    said = "just right" if event.word is Word.RIGHT else event.word
    what = f"pain {event.pain_0_10}" if said is None else said
    return f"Your therapist has seen it: {what}."


def _judge_pain(pain: int, pressure: int | None, cap: Cap) -> Judgement:
    if pain <= cap.pain_0_10:
        return Judgement(
            None, f"Pain {pain} of 10.", f"Your therapist sees: {pain} of 10.", pressure
        )
    return Judgement(
        Alert.ABOVE_CAP,
        f"Pain {pain}, above the limit of {cap.pain_0_10}. Ease off now.",
        f"Your therapist sees: {pain} of 10. That is more than it should be, so expect less"
        " pressure now.",
        _lighter(pressure),
    )


def _judge_more(pressure: int | None, cap: Cap) -> Judgement:
    if pressure is not None and pressure >= cap.pressure:
        return Judgement(
            None,
            f"More, please. {cap.pressure} is the safe limit for this client: stay here and say"
            " why.",
            "Your therapist sees: more. This may be the most that is safe for you today.",
            cap.pressure,
        )
    firmer = None if pressure is None else pressure + 1
    return Judgement(None, "More, please.", "Your therapist sees: more.", firmer)


def _lighter(pressure: int | None) -> int | None:
    """One level lighter, as after next-day soreness (AE-01); never below light contact."""
    return None if pressure is None else max(LIGHTEST_PRESSURE, pressure - 1)


def by_area(touches: Iterable[tuple[DialEvent, Cap]]) -> tuple[AreaLog, ...]:
    """One log for each area, in the order in which the areas were first tapped on.

    Each touch comes with the limits that held for it: a pain that was within them then is no
    alert because something gentler was done later.
    """
    taps: dict[str, list[tuple[DialEvent, Cap]]] = {}
    for event, cap in sorted(touches, key=lambda one: one[0].at):
        taps.setdefault(event.area, []).append((event, cap))
    return tuple(_log(area, found) for area, found in taps.items())


def _log(area: str, touches: list[tuple[DialEvent, Cap]]) -> AreaLog:
    events = [event for event, _ in touches]
    words = [event.word for event in events]
    pains = [event.pain_0_10 for event in events if event.pain_0_10 is not None]
    alerted = [event for event, cap in touches if judge(event, cap).alert]
    less = [event for event in events if event.word is Word.LESS]
    too_much = min(
        (event.pressure for event in (*alerted, *less) if event.pressure is not None),
        default=DEEPEST_PRESSURE + 1,
    )
    right = [e.pressure for e in events if e.word is Word.RIGHT and e.pressure is not None]
    return AreaLog(
        area=area,
        less=words.count(Word.LESS),
        right=words.count(Word.RIGHT),
        more=words.count(Word.MORE),
        stop=words.count(Word.STOP),
        pain_highest_0_10=max(pains, default=None),
        pain_last_0_10=pains[-1] if pains else None,
        alerts=len(alerted),
        right_pressure=max((level for level in right if level < too_much), default=None),
        pain_limit_0_10=min(cap.pain_0_10 for _, cap in touches),
    )
