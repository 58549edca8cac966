"""Range of motion: two readings compared against the error of measuring, beside what is normal.

Nothing below the measurement error is called a change, and nobody is called abnormal against a
textbook maximum.
"""

from dataclasses import dataclass
from typing import Literal

from unknot.knowledge import Knowledge, load
from unknot.knowledge.motions import Motion, NormalBand

# Wide enough for any joint, narrow enough to catch a slipped digit.
LOWEST, HIGHEST = -30.0, 220.0


class RangeError(ValueError):
    """A reading that cannot be: names the motion and the cure, never the reading."""


@dataclass(frozen=True)
class Comparison:
    """One motion, at the start and now. Units are the motion's (degrees, or millimetres for the
    jaw).
    """

    motion: str
    name: str
    unit: str
    baseline: float | None
    now: float | None
    change: float | None
    error: float
    """A change must reach this to count."""
    verdict: Literal["more", "less", "no clear change", "not known"]
    normal: NormalBand | None
    quoted_maximum: float | None
    """What textbooks quote; not a norm for an age."""
    says: str
    normal_says: str


def compare(
    motion_id: str,
    baseline: float | None,
    now: float | None,
    *,
    age: int | None = None,
    sex: str = "",
    same_examiner: bool = True,
    knowledge: Knowledge | None = None,
) -> Comparison:
    """The change of one motion with its error and the normal band, where one exists for this age
    and sex.

    Readings by different people need a larger change. Raises RangeError for an unknown motion or
    an impossible reading.
    """
    motion = find(motion_id, knowledge)
    for reading in (baseline, now):
        if reading is not None and not LOWEST <= reading <= HIGHEST:
            raise RangeError(f"{motion.name}: enter {LOWEST:g} to {HIGHEST:g} {motion.unit}")
    error = motion.error_same_examiner if same_examiner else motion.error_other_examiner
    change = None if baseline is None or now is None else round(now - baseline, 1)
    verdict = _verdict(change, error)
    normal = band(motion, age, sex)
    return Comparison(
        motion=motion.id,
        name=motion.name,
        unit=motion.unit,
        baseline=baseline,
        now=now,
        change=change,
        error=error,
        verdict=verdict,
        normal=normal,
        quoted_maximum=motion.textbook_maximum,
        says=_say(verdict, change, error, motion.unit),
        normal_says=_say_normal(motion, normal),
    )


def find(motion_id: str, knowledge: Knowledge | None = None) -> Motion:
    """The motion, or RangeError with the ids there are."""
    motions = (knowledge or load()).motions
    if motion_id not in motions:
        raise RangeError(f'"{motion_id}" is not a motion. Use one of: {", ".join(motions)}')
    return motions[motion_id]


def band(motion: Motion, age: int | None, sex: str) -> NormalBand | None:
    """What healthy people of this age and sex reach, or None where nobody measured it."""
    if age is None:
        return None
    fits = (one for one in motion.normal if one.sex == sex and one.age_low <= age <= one.age_high)
    return next(fits, None)


def _verdict(
    change: float | None, error: float
) -> Literal["more", "less", "no clear change", "not known"]:
    if change is None:
        return "not known"
    if abs(change) < error:
        return "no clear change"
    return "more" if change > 0 else "less"


def _say(verdict: str, change: float | None, error: float, unit: str) -> str:
    if change is None:
        return "One reading so far."
    if verdict == "no clear change":
        return f"{change:+g} {unit}: too small to tell from measuring error ({error:g})."
    return f"{change:+g} {unit}, beyond measuring error ({error:g})."


def _say_normal(motion: Motion, normal: NormalBand | None) -> str:
    recalled = " (recalled figure)" if motion.remembered else ""
    if normal is not None:
        reach = f"Healthy people of this age and sex reach about {normal.mean:g} {motion.unit}"
        return f"{reach}{recalled}."
    if motion.textbook_maximum is not None:
        quoted = f"Textbooks quote up to {motion.textbook_maximum:g} {motion.unit}{recalled}"
        return f"{quoted}; not a norm for an age."
    return "No norm is known for this motion."
