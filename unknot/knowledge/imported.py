"""Instruments a practice brings itself, under its own licence: read strictly, never shipped.

    instrument = read_instrument(Path("odi.json"), "OM-ODI", load())
    knowledge = with_instrument(load(), instrument)

A file is TOML, with one `[instrument]` table, or a FHIR R4 Questionnaire as JSON. It either gives
the wording of an instrument that is listed here and scored as its record says (`scored_as`; a
Questionnaire always does), or an instrument of the practice's own with its scoring. Every fault
raises KnowledgeError with file, key and cure; no wording is repeated in it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from unknot.knowledge.decode import as_table, decode
from unknot.knowledge.errors import KnowledgeError, Place
from unknot.knowledge.instruments import Instrument, Item, Option, Recode
from unknot.knowledge.loader import Change, Citation, Problem, parse_toml
from unknot.knowledge.questionnaire import parse_questionnaire
from unknot.knowledge.vocabulary import Confidence, Evidence

if TYPE_CHECKING:
    from unknot.knowledge import Knowledge

TABLE = "instrument"
LARGEST_BYTES = 200_000
"""No questionnaire is longer; a larger file is something else."""
_REVIEW_AFTER = timedelta(days=730)


@dataclass(frozen=True, kw_only=True)
class ImportedItem:
    """One item of a file: the words of its two ends, or of every answer."""

    id: str
    text: str
    low_means: str = ""
    high_means: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Wording for an instrument that is listed here; the scoring is its record's."""

    scored_as: str
    licence: str
    """Who allowed the practice to use it, in the practice's own words."""
    items: tuple[ImportedItem, ...]


@dataclass(frozen=True, kw_only=True)
class OwnInstrument:
    """An instrument with its scoring, as the practice's licence or manual gives it."""

    id: str
    name: str
    short: str
    tell: str
    licence: str
    imported_on: date
    scoring: Literal["value", "mean", "sum", "sum_prorated", "percent", "mean_0_100", "table"]
    low: float
    high: float
    direction: Literal["lower_better", "higher_better"]
    item_low: int
    item_high: int
    least_answered: int
    items: tuple[ImportedItem, ...]
    item_values: tuple[int, ...] = ()
    recodes: tuple[Recode, ...] = ()
    reversed_items: tuple[int, ...] = ()
    table: tuple[float, ...] = ()
    standard_errors: tuple[float, ...] = ()
    change_that_matters: float | None = None
    change_that_matters_share: float | None = None
    measurement_error: float | None = None
    source: str = ""
    """Where the scoring stands, such as a manual with its page."""


def read_instrument(path: Path, instrument_id: str, knowledge: "Knowledge") -> Instrument:
    """The instrument in the file. `instrument_id` is what it is asked for as, such as "OM-ODI".

    Raises KnowledgeError when the file is missing, too large, not understood, or asks for another
    instrument than the one named.
    """
    if not path.is_file():
        raise KnowledgeError(Place(path.name), "is not a file that can be read", "Check the path")
    return parse_instrument(path.read_bytes(), path.name, instrument_id, knowledge)


def parse_instrument(
    content: bytes, file: str, instrument_id: str, knowledge: "Knowledge"
) -> Instrument:
    """The instrument in a file's content; the end of the file's name says its kind.

    Raises KnowledgeError, as `read_instrument` does.
    """
    place = Place(file)
    if len(content) > LARGEST_BYTES:
        cure = f"Give one questionnaire of at most {LARGEST_BYTES // 1000} kB"
        raise KnowledgeError(place, "is too large", cure)
    if file.lower().endswith(".json"):
        licence, items = parse_questionnaire(content, place)
        return _worded(instrument_id, licence, items, place, knowledge)
    if not file.lower().endswith(".toml"):
        cure = "Give a .toml file, or a FHIR R4 Questionnaire as .json"
        raise KnowledgeError(place, "is of no kind that can be read", cure)
    return _from_toml(content, instrument_id, place, knowledge)


def with_instrument(knowledge: "Knowledge", instrument: Instrument) -> "Knowledge":
    """The same knowledge with this instrument in it, under a version of its own.

    Raises nothing.
    """
    mark = hashlib.sha256(repr(instrument).encode()).hexdigest()[:6]
    return replace(
        knowledge,
        version=f"{knowledge.version}+{mark}",
        instruments=MappingProxyType({**knowledge.instruments, instrument.id: instrument}),
    )


# --- TOML ----------------------------------------------------------------------------------------


def _from_toml(content: bytes, name: str, place: Place, knowledge: "Knowledge") -> Instrument:
    tables = parse_toml(content, place)
    if TABLE not in tables:
        raise KnowledgeError(place, f"has no [{TABLE}] table", f"Begin the file with [{TABLE}]")
    table = as_table(tables.pop(TABLE), place.under(TABLE))
    for other in tables:
        cure = f"Put everything under [{TABLE}]"
        raise KnowledgeError(place.under(other), "is not a table of this file", cure)
    if "scored_as" in table:
        wording: Wording = decode(table, Wording, place)
        _check_name(wording.scored_as, name, place.under("scored_as"))
        items = _items(wording.items, place)
        return _worded(name, wording.licence, items, place, knowledge)
    own: OwnInstrument = decode(table, OwnInstrument, place)
    _check_name(own.id, name, place.under("id"))
    if own.id in knowledge.instruments:
        cure = f'Write scored_as = "{own.id}" and leave the scoring out, or give it another id'
        raise KnowledgeError(place.under("id"), "is the id of a shipped instrument", cure)
    return _checked(_own(own, _items(own.items, place)), place, knowledge)


def _check_name(found: str, asked: str, place: Place) -> None:
    if found != asked:
        raise KnowledgeError(place, f'"{found}" is not what was asked for', f"Ask for {found}")


def _items(found: Sequence[ImportedItem], place: Place) -> tuple[Item, ...]:
    seen: set[str] = set()
    items = []
    for number, item in enumerate(found):
        where = place.under("items").under(number)
        if item.id in seen:
            cure = "Give every item an id of its own"
            raise KnowledgeError(where.under("id"), "is used twice", cure)
        seen.add(item.id)
        items.append(_item(item, where))
    return tuple(items)


def _item(item: ImportedItem, place: Place) -> Item:
    """The item with the words of its ends, from the options where they are not given."""
    if item.options:
        ordered = sorted(item.options, key=lambda option: option.value)
        low, high = ordered[0].text, ordered[-1].text
    else:
        low, high = item.low_means, item.high_means
    if not low or not high:
        cure = "Give options, or low_means and high_means"
        raise KnowledgeError(place, "does not say what its answers mean", cure)
    return Item(id=item.id, text=item.text, low_means=low, high_means=high, options=item.options)


def _own(own: OwnInstrument, items: tuple[Item, ...]) -> Instrument:
    return Instrument(
        id=own.id,
        name=own.name,
        short=own.short,
        use="licensed",
        tell=own.tell,
        scoring=own.scoring,
        low=own.low,
        high=own.high,
        direction=own.direction,
        item_count=len(items),
        least_answered=own.least_answered,
        item_low=own.item_low,
        item_high=own.item_high,
        item_values=own.item_values,
        recodes=own.recodes,
        reversed_items=own.reversed_items,
        table=own.table,
        standard_errors=own.standard_errors,
        change_that_matters=own.change_that_matters,
        change_that_matters_share=own.change_that_matters_share,
        measurement_error=own.measurement_error,
        items=items,
        licence=own.licence,
        wording_shipped=True,
        because=f"Brought by the practice; scored as it says ({own.source or 'no source given'}).",
        sources=(Citation(id="CONV", at="the practice's own instrument"),),
        evidence=Evidence.CONVENTION,
        confidence=Confidence.LOW,
        valid_from=own.imported_on,
        reviewed_on=own.imported_on,
        review_by=own.imported_on + _REVIEW_AFTER,
        change=(Change(on=own.imported_on, what="Imported by the practice."),),
        clinician_review="pending",
    )


# --- Wording for a listed instrument -------------------------------------------------------------


def awaits_wording(instrument: Instrument) -> bool:
    """Whether a practice may bring the wording of this listed instrument."""
    unscored = instrument.scoring in ("variants", "not_scored")
    return not (instrument.wording_shipped or unscored)


def _worded(
    name: str, licence: str, items: tuple[Item, ...], place: Place, knowledge: "Knowledge"
) -> Instrument:
    listed = knowledge.instruments.get(name)
    if listed is None:
        cure = f"Use one of: {', '.join(knowledge.instruments)}; or a TOML file with its scoring"
        raise KnowledgeError(place, f'"{name}" is not an instrument with a scoring here', cure)
    if listed.wording_shipped:
        raise KnowledgeError(place, f"{name} is shipped with its wording", "Use it as it is")
    if listed.scoring in ("variants", "not_scored"):
        cure = "Write a TOML file with its scoring, under an id of its own"
        raise KnowledgeError(place, f"{name} has no single scoring here", cure)
    if len(items) != listed.item_count:
        cure = f"Give {listed.item_count}, in the order of the form"
        raise KnowledgeError(place.under("items"), f"has {len(items)} questions", cure)
    worded = replace(listed, items=items, item_keys=(), wording_shipped=True, licence=licence)
    return _checked(worded, place, knowledge)


def _checked(instrument: Instrument, place: Place, knowledge: "Knowledge") -> Instrument:
    """The instrument, or the first thing in it that cannot be scored."""
    for problem in (*instrument.problems(knowledge), *_range_problems(instrument)):
        raise KnowledgeError(place.under(problem.key), problem.what, problem.cure)
    recoded = {recode.item: range(len(recode.scores)) for recode in instrument.recodes}
    usual = instrument.item_values or range(instrument.item_low, instrument.item_high + 1)
    for number, item in enumerate(instrument.items):
        allowed = set(recoded.get(item.id, usual))
        if not {option.value for option in item.options} <= allowed:
            cure = f"Number them {', '.join(str(value) for value in sorted(allowed))}"
            where = place.under("items").under(number)
            raise KnowledgeError(where, "has answers the scoring does not know", cure)
    return instrument


def _range_problems(instrument: Instrument) -> Iterator[Problem]:
    """Numbers with which a score would fall outside its range, or never be reached."""
    count, low, high = instrument.item_count, instrument.item_low, instrument.item_high
    if low >= high:
        yield Problem("item_low", "is not below item_high", "Swap or correct them")
    if not 1 <= instrument.least_answered <= count:
        yield Problem("least_answered", "cannot be reached", f"Use 1 to {count}")
    if any(not 1 <= number <= count for number in instrument.reversed_items):
        yield Problem("reversed_items", "name an item there is not", f"Count from 1 to {count}")
    names = {item.id for item in instrument.items}
    for recode in instrument.recodes:
        if recode.item not in names or not all(low <= score <= high for score in recode.scores):
            cure = f"Name an item, and score it {low} to {high}"
            yield Problem("recodes", "do not fit the items", cure)
    if not all(low <= value <= high for value in instrument.item_values):
        yield Problem("item_values", "leave the range of an item", f"Use {low} to {high}")
    if instrument.scoring == "value" and count != 1:
        yield Problem("scoring", "is value, with more than one item", "Use mean or sum")
    span = _span(instrument)
    if span and (instrument.low, instrument.high) != span:
        yield Problem(
            "low", "and high are not what the scoring gives", f"Use {span[0]:g} to {span[1]:g}"
        )


def _span(instrument: Instrument) -> tuple[float, float] | None:
    """Lowest and highest score the scoring can give; None where a table says it."""
    count, low, high = instrument.item_count, instrument.item_low, instrument.item_high
    match instrument.scoring:
        case "sum" | "sum_prorated":
            return float(count * low), float(count * high)
        case "percent":
            return 100 * low / high if high else 0.0, 100.0
        case "mean_0_100":
            return 0.0, 100.0
        case "table":
            return None
        case _:
            return float(low), float(high)
