"""Questionnaires, ranges of motion, and how far two measurements differ by chance."""

from collections.abc import Iterator

from tools.reference.text import entry, plain, wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.instruments import Instrument
from unknot.knowledge.measurement_errors import MeasurementError
from unknot.knowledge.motions import Motion, NormalBand

TITLE = "Questionnaires and ranges of motion"
ABOUT = "scoring, missing answers, the change that matters, norms and errors of measurement."

_HOW = (
    "Wording stands in the program only where its licence allows; a practice brings the other "
    "forms itself. Highest values of a motion are quoted, not norms for an age: nobody is called "
    "abnormal against them. A change below its error is not called a change."
)


def body(knowledge: Knowledge) -> Iterator[str]:
    """Instruments, motions and errors."""
    yield from wrapped(_HOW)
    yield ""
    yield from (f"## Questionnaires ({len(knowledge.instruments)})", "")
    for one in knowledge.instruments.values():
        yield from entry(one, one.name, _instrument(one), knowledge)
        yield from _tables(one)
    yield from (f"## Ranges of motion ({len(knowledge.motions)})", "")
    for motion in knowledge.motions.values():
        yield from entry(motion, motion.name, _motion(motion), knowledge)
    yield from (f"## Errors of measurement ({len(knowledge.measurement_errors)})", "")
    for error in knowledge.measurement_errors.values():
        yield from entry(error, error.name, _error(error), knowledge)


def _instrument(one: Instrument) -> Iterator[tuple[str, str]]:
    yield "To the client", one.tell
    yield "Scoring", f"{plain(one.scoring)}, {one.low:g} to {one.high:g}, {plain(one.direction)}"
    yield "Questions", f"{one.item_count}; at least {one.least_answered} answered for a score"
    yield "Reversed", ", ".join(str(number) for number in one.reversed_items)
    yield "A change that matters", _change(one)
    yield "Wording", " / ".join(item.text for item in one.items)
    yield "Licence", one.licence
    more = (one.loinc_more or {}).items()
    codes = [one.loinc, *(f"{code} ({plain(name)})" for name, code in more)]
    yield "LOINC", ", ".join(filter(None, codes))


def _change(one: Instrument) -> str:
    if one.change_that_matters is None:
        return "none is established"
    text = f"{one.change_that_matters:g} points"
    if one.change_that_matters_share is not None:
        text += f", or {one.change_that_matters_share:.0%} of the value before"
    if one.measurement_error is not None:
        text += f"; never less than its error of {one.measurement_error:g}"
    return text


def _tables(one: Instrument) -> Iterator[str]:
    """T scores by raw sum, one row an edition or a scale."""
    parts = [(one.id, one)] if one.table else []
    parts += [(f"{one.id}.{it.id}", found) for it in one.variants if (found := one.variant(it.id))]
    for name, part in parts:
        sums = range(part.item_count * part.item_low, part.item_count * part.item_high + 1)
        yield f"| `{name}` sum | {' | '.join(str(total) for total in sums)} |"
        yield "|---|" + "---:|" * len(sums)
        yield f"| T | {' | '.join(f'{value:.1f}' for value in part.table)} |"
        if part.standard_errors:
            yield f"| error | {' | '.join(f'{value:.1f}' for value in part.standard_errors)} |"
        yield ""


def _motion(one: Motion) -> Iterator[tuple[str, str]]:
    yield "How", one.tell
    yield "Rating regulation", _amount(one.regulation_maximum, one.unit)
    yield "Textbook", _amount(one.textbook_maximum, one.unit)
    same, other = one.error_same_examiner, one.error_other_examiner
    yield "A change counts from", f"{same:g} {one.unit}, by another examiner {other:g}"
    yield "Healthy people", "; ".join(_band(band) for band in one.normal)


def _band(band: NormalBand) -> str:
    bounds = "" if band.low is None else f" ({band.low:g} to {band.high:g})"
    return f"{band.sex} {band.age_low}-{band.age_high}: {band.mean:g}{bounds}"


def _amount(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:g} {unit}"


def _error(one: MeasurementError) -> Iterator[tuple[str, str]]:
    yield "In words", one.tell
    if one.degrees_low is not None and one.degrees_high is not None:
        same = one.degrees_low == one.degrees_high
        span = f"{one.degrees_low:g}" if same else f"{one.degrees_low:g} to {one.degrees_high:g}"
        yield "Degrees", f"{span} ({plain(one.kind)})"
    yield "For", ", ".join(one.joints)
