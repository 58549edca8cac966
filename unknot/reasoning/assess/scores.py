"""Scores of instruments, and whether a change of score is one that matters.

Exceptions: `ScoreError` (a `ValueError`); its words name the instrument, the item and the cure,
never the answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from unknot.knowledge import Knowledge, load
from unknot.knowledge.instruments import Instrument
from unknot.reasoning.grounds import Ground, ground

Answers = Mapping[str, int | None]
Verdict = Literal["better", "worse", "no clear change", "not known"]

# Six decimals are far below any score's meaning and hide binary fractions: 0.3 of 10 is 3, not
# 3.0000000000000004.
_DIGITS = 6


class ScoreError(ValueError):
    """Answers that cannot be scored: which instrument, what is wrong, what to do."""

    def __init__(self, instrument: str, what: str, cure: str) -> None:
        """Build the sentence; no answer is repeated in it."""
        self.instrument, self.what, self.cure = instrument, what, cure
        super().__init__(f"{instrument}: {what}. {cure}.")


@dataclass(frozen=True)
class Score:
    """A score with its range. `value` is None when too few questions were answered; nothing is
    guessed.
    """

    instrument: str
    name: str
    value: float | None
    missing: int
    low: float
    high: float
    direction: Literal["lower_better", "higher_better"]
    change_that_matters: float | None
    explanation: str
    answers: tuple[tuple[str, int | None], ...] = ()
    """Item and answer, as they were given; None for what was left out."""
    ground: Ground | None = None
    """The instrument as its record read that day."""
    standard_error: float | None = None
    """In points, where the table of the instrument gives one."""


@dataclass(frozen=True)
class Change:
    """The way from one score to another. `amount` is after minus before, in points."""

    instrument: str
    before: float | None
    after: float | None
    amount: float | None
    verdict: Verdict
    needed: float | None
    """Points a change must reach from this start, or None when no value is established."""
    error_band: float | None
    says: str
    ground: Ground | None = None
    """The instrument as its record read that day."""

    @property
    def matters(self) -> bool:
        """Whether the change is large enough to count, in either direction."""
        return self.verdict in ("better", "worse")


def score(instrument_id: str, answers: Answers, *, knowledge: Knowledge | None = None) -> Score:
    """The score of one set of answers, by the instrument's own rule for missing answers.

    Keys are the item ids where the wording is shipped, the client's own activities for the PSFS,
    and "1", "2", ... for instruments a practice must license. A missing key and None both mean
    "not answered". Raises ScoreError.
    """
    known = knowledge or load()
    instrument = find(instrument_id, known)
    _check_scored(instrument)
    _check_keys(instrument, answers)
    keys = _keys(instrument, answers)
    given = [_checked(instrument, key, answers.get(key)) for key in keys]
    answered = [answer for answer in given if answer is not None]
    asked = len(given) if _names_its_own(instrument) else instrument.item_count
    missing = asked - len(answered)
    enough = len(answered) >= instrument.least_answered
    value = round(_METHODS[instrument.scoring](instrument, answered), 2) if enough else None
    return Score(
        instrument=instrument.id,
        name=instrument.short,
        value=value,
        missing=missing,
        low=instrument.low,
        high=instrument.high,
        direction=instrument.direction,
        change_that_matters=instrument.change_that_matters,
        explanation=_explain(instrument, len(answered), missing, enough),
        answers=tuple((key, answers.get(key)) for key in keys),
        ground=ground("instruments", instrument, known),
        standard_error=_standard_error(instrument, answered) if enough else None,
    )


def change(
    instrument_id: str,
    before: float | None,
    after: float | None,
    *,
    knowledge: Knowledge | None = None,
) -> Change:
    """Whether the way from `before` to `after` is a change that matters.

    Points or share, whichever is reached first, as the instrument's sources say; never below its
    measurement error. Scores and `amount` are in points of the instrument. Without both scores, or
    without an established value, the verdict is "not known". Raises ScoreError for an unknown
    instrument or a score outside its range.
    """
    known = knowledge or load()
    instrument = find(instrument_id, known)
    for value in (before, after):
        if value is not None and not instrument.low <= value <= instrument.high:
            raise ScoreError(
                instrument.id,
                "a score lies outside its range",
                f"Use {instrument.low:g} to {instrument.high:g}",
            )
    amount = None if before is None or after is None else round(after - before, _DIGITS)
    needed = None if before is None else _needed(instrument, before)
    verdict = _verdict(instrument, amount, needed)
    return Change(
        instrument=instrument.id,
        before=before,
        after=after,
        amount=amount,
        verdict=verdict,
        needed=needed,
        error_band=instrument.measurement_error,
        says=_say_change(verdict, amount, needed) + _memory(instrument, needed),
        ground=ground("instruments", instrument, known),
    )


def find(instrument_id: str, knowledge: Knowledge | None = None) -> Instrument:
    """The instrument, or ScoreError with the ids there are.

    A dot names a variant: "OM-G10.physical", "OM-PF4.v1.0".
    """
    instruments = (knowledge or load()).instruments
    name, _, variant = instrument_id.partition(".")
    if name not in instruments:
        known = ", ".join(instruments)
        raise ScoreError(instrument_id, "is not an instrument", f"Use one of: {known}")
    if not variant:
        return instruments[name]
    found = instruments[name].variant(variant)
    if found is None:
        names = _variants(instruments[name]) or f"{name} alone"
        raise ScoreError(instrument_id, "is not one of its variants", f"Use {names}")
    return found


def _variants(instrument: Instrument) -> str:
    return " or ".join(f"{instrument.id}.{one.id}" for one in instrument.variants)


def _check_scored(instrument: Instrument) -> None:
    """Raises ScoreError where the whole has no score of its own, or none that we may give."""
    if instrument.scoring == "variants":
        cure = f"Use {_variants(instrument)}"
        raise ScoreError(instrument.id, "has no score as a whole", cure)
    if instrument.scoring == "not_scored":
        cure = "Import the practice's licensed form with its scoring"
        raise ScoreError(instrument.id, "is listed without a scoring", cure)


# --- Reading the answers -------------------------------------------------------------------------


def _names_its_own(instrument: Instrument) -> bool:
    """Whether the client names the items, as in the PSFS."""
    return instrument.wording_shipped and not instrument.items


def _keys(instrument: Instrument, answers: Answers) -> Sequence[str]:
    return list(answers) if _names_its_own(instrument) else instrument.keys


def _check_keys(instrument: Instrument, answers: Answers) -> None:
    keys = _keys(instrument, answers)
    unknown = [key for key in answers if key not in keys]
    if unknown:
        raise ScoreError(
            instrument.id, f'"{unknown[0]}" is not one of its items', f"Use: {', '.join(keys)}"
        )
    if len(keys) > instrument.item_count:
        raise ScoreError(
            instrument.id,
            "has too many items",
            f"Give at most {instrument.item_count}",
        )


def _checked(instrument: Instrument, key: str, answer: int | None) -> int | None:
    if answer is None:
        return None
    low, high = instrument.item_low, instrument.item_high
    recode = next((one.scores for one in instrument.recodes if one.item == key), None)
    allowed = range(len(recode)) if recode else instrument.item_values or range(low, high + 1)
    if isinstance(answer, bool) or not isinstance(answer, int) or answer not in allowed:
        raise ScoreError(
            instrument.id,
            f'the answer to "{key}" is out of range',
            f"Use {_in_words(allowed)}, or leave it out",
        )
    if recode:
        return recode[answer]
    if key in {instrument.keys[number - 1] for number in instrument.reversed_items}:
        return low + high - answer
    return answer


def _in_words(allowed: Sequence[int]) -> str:
    if isinstance(allowed, range):
        return f"a whole number, {allowed[0]} to {allowed[-1]}"
    return f"one of {', '.join(str(value) for value in allowed)}"


# --- Scoring -------------------------------------------------------------------------------------


def _mean(_: Instrument, answered: Sequence[int]) -> float:
    return sum(answered) / len(answered)


def _sum(_: Instrument, answered: Sequence[int]) -> float:
    return sum(answered)


def _sum_prorated(instrument: Instrument, answered: Sequence[int]) -> float:
    return sum(answered) * instrument.item_count / len(answered)


def _percent(instrument: Instrument, answered: Sequence[int]) -> float:
    return 100 * sum(answered) / (instrument.item_high * len(answered))


def _mean_0_100(instrument: Instrument, answered: Sequence[int]) -> float:
    width = instrument.item_high - instrument.item_low
    return 100 * (_mean(instrument, answered) - instrument.item_low) / width


def _table(instrument: Instrument, answered: Sequence[int]) -> float:
    return instrument.table[_row(instrument, answered)]


def _row(instrument: Instrument, answered: Sequence[int]) -> int:
    return sum(answered) - instrument.item_count * instrument.item_low


def _standard_error(instrument: Instrument, answered: Sequence[int]) -> float | None:
    errors = instrument.standard_errors
    return errors[_row(instrument, answered)] if errors else None


_METHODS: Mapping[str, Callable[[Instrument, Sequence[int]], float]] = {
    "value": _mean,  # of one answer
    "mean": _mean,
    "sum": _sum,
    "sum_prorated": _sum_prorated,
    "percent": _percent,
    "mean_0_100": _mean_0_100,
    "table": _table,
}


def _explain(instrument: Instrument, answered: int, missing: int, enough: bool) -> str:
    span = f"from {instrument.low:g} to {instrument.high:g}"
    which = "lower" if instrument.direction == "lower_better" else "higher"
    if not enough:
        return (
            f"No score yet: {answered} of at least {instrument.least_answered} questions answered."
        )
    if missing:
        gap = "1 question was" if missing == 1 else f"{missing} questions were"
        return f"The scale runs {span}; {which} is better. {gap} left out, as the rule allows."
    return f"The scale runs {span}; {which} is better."


# --- Change --------------------------------------------------------------------------------------


def _needed(instrument: Instrument, before: float) -> float | None:
    points, share = instrument.change_that_matters, instrument.change_that_matters_share
    if points is None:
        return None
    by_share = share * before if share is not None and before > 0 else points
    return round(max(min(points, by_share), instrument.measurement_error or 0), _DIGITS)


def _verdict(instrument: Instrument, amount: float | None, needed: float | None) -> Verdict:
    if amount is None or needed is None:
        return "not known"
    gain = -amount if instrument.direction == "lower_better" else amount
    if gain >= needed:
        return "better"
    return "worse" if -gain >= needed else "no clear change"


def _memory(instrument: Instrument, needed: float | None) -> str:
    """What must be said beside a size of change that is kept from memory."""
    if needed is None or not instrument.remembered:
        return ""
    return " That size is kept from memory and not yet checked."


def _say_change(verdict: Verdict, amount: float | None, needed: float | None) -> str:
    if amount is None:
        return "There are not yet two scores to compare."
    if needed is None:
        return "No size of change is established as one that matters."
    size, needed = round(abs(amount), 1), round(needed, 1)
    points = f"{size:g} {'point' if size == 1 else 'points'}"
    if verdict == "better":
        return f"Better by {points}: a change that matters (at least {needed:g})."
    if verdict == "worse":
        return f"Worse by {points}: a change that matters (at least {needed:g})."
    if size == needed:
        return f"A difference of just under {points}, which does not count as a change."
    return f"A difference of {points}; less than {needed:g} does not count as a change."
