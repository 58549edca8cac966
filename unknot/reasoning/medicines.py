"""Medicines read from what people write: "Xarelto 20mg, metoprolol; asprin".

    recognise("Xarelto 20mg, asprin") -> (Recognised(... "brand"), Recognised(... "close"))

A name is known exactly, as a brand, as a word for a whole class, or by a close spelling. A close
spelling is a guess and must be confirmed; where two medicines of different classes are within
reach nothing is guessed. What is not recognised counts as unknown and never as no.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from rapidfuzz.distance import OSA

from unknot.knowledge import Knowledge, load
from unknot.knowledge.medicines import MedicineClass

How: TypeAlias = Literal["exact", "brand", "class", "close", "not_recognised"]

SHORTEST_TO_GUESS: Final = 5
"""Letters a misspelt name needs at least; shorter ones are like too many others."""
LONG: Final = 8
"""From this many letters two mistakes are forgiven, below it one."""
LONGEST_NAME: Final = 4
"""Words of the longest name."""

_BETWEEN: Final = re.compile(r"[,;\n\r/+&|•·]+|\.\s|\s-\s|\b(?:and|with|plus|also)\b")
_DOSE: Final = re.compile(
    r"\b\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|ug|g|ml|iu|ie|units?|%|x|hours?|hrs?|h|days?|weeks?|months?)"
    r"(?:\b|(?=\W)|$)"
)
_BARE_NUMBER: Final = re.compile(r"(?<![a-z])\d+(?:[.,]\d+)?\b")
_ASIDE: Final = """
a an the i my take takes taking took on for of at as by in to or per when if needed only about
half daily day days once twice thrice times time every each other morning evening night noon
bedtime breakfast lunch dinner food week weekly month monthly year hour hours since long term
some regular regularly sometimes occasionally one two three four low high small dose doses
strength generic brand tablet tablets tab tabs pill pills capsule capsules cap caps drop drops
spray injection injections inhaler patch patches cream gel ointment syrup solution pen mg mcg ml
g iu unit units od bd tds qd bid tid qid prn po xr sr er cr xl la mr depot retard slow release
prolonged extended modified sodium potassium hydrochloride hcl besilate besylate maleate
tartrate succinate sulfate sulphate acetate phosphate citrate fumarate medoxomil mesilate
etexilate bisulfate
"""
"""Words that stand beside a name: doses, times, forms, salts."""
_NOISE: Final = frozenset(_ASIDE.split())
_NOTHING: Final = frozenset({"none", "nothing", "no", "nil", "n/a", "na", "no medicines", "-"})


@dataclass(frozen=True)
class Recognised:
    """One name as it was written, and what we take it for."""

    written: str
    how: How
    name: str = ""
    """The medicine's generic name, or the class; empty when not recognised."""
    medicine: str = ""
    """Id of the medicine; empty for a class or when not recognised."""
    classes: tuple[str, ...] = ()
    """Ids of the classes."""
    atc: tuple[str, ...] = ()


def recognise(text: str, *, knowledge: Knowledge | None = None) -> tuple[Recognised, ...]:
    """Every medicine of a free text, each once, in the order they are written."""
    names = known_names(knowledge or load())
    if text.strip().lower().rstrip(".") in _NOTHING:
        return ()
    found: dict[tuple[str, str], Recognised] = {}
    for part in _BETWEEN.split(_plain(text)):
        for item in _read(part, names):
            found.setdefault((item.name, item.written if not item.name else ""), item)
    return tuple(found.values())


# --- The names that are known ------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """One known name."""

    text: str
    how: How
    name: str
    medicine: str
    classes: tuple[str, ...]
    atc: tuple[str, ...] = ()


@lru_cache(maxsize=8)
def known_names(knowledge: Knowledge) -> Mapping[str, Known]:
    """Every known name by its plain form."""
    names: dict[str, Known] = {}
    for name in _names(knowledge):
        names.setdefault(_plain(name.text), name)
    return names


def _names(knowledge: Knowledge) -> Iterator[Known]:
    for drug in knowledge.medicines.values():
        about = (drug.name, drug.id, drug.classes, drug.atc)
        for generic in (drug.name, *drug.also):
            yield Known(generic, "exact", *about)
        for brand in drug.brands:
            yield Known(brand, "brand", *about)
    for kind in knowledge.medicine_classes.values():
        yield from _words(kind)


def _words(kind: MedicineClass) -> Iterator[Known]:
    for word in kind.words:
        yield Known(word, "class", kind.name, "", (kind.id,))


# --- Reading -----------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Small letters without accents or marks, so that spelling alone counts."""
    bare = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub(r"[®™'’\"()\[\]]", " ", bare)


def _read(part: str, names: Mapping[str, Known]) -> Iterator[Recognised]:
    """The medicines between two commas: known names first, then guesses at what is left."""
    tokens = [bare for token in _DOSE.sub(" ", part).split() if (bare := token.strip(".:-"))]
    rest: list[str] = []
    while tokens:
        name, length = _longest(tokens, names)
        if name is not None:
            yield from _guess(rest, names)
            yield _known(name, " ".join(tokens[:length]))
            rest = []
        elif tokens[0] not in _NOISE and not _BARE_NUMBER.fullmatch(tokens[0]):
            rest.append(tokens[0])
        tokens = tokens[length:]
    yield from _guess(rest, names)


def _longest(tokens: list[str], names: Mapping[str, Known]) -> tuple[Known | None, int]:
    """The longest known name the tokens begin with, and how many tokens it takes; else one."""
    for length in range(min(LONGEST_NAME, len(tokens)), 0, -1):
        if name := names.get(" ".join(tokens[:length])):
            return name, length
    return None, 1


def _known(name: Known, written: str, how: How | None = None) -> Recognised:
    return Recognised(written, how or name.how, name.name, name.medicine, name.classes, name.atc)


def _guess(tokens: list[str], names: Mapping[str, Known]) -> Iterator[Recognised]:
    """Close spellings among what is left, and the rest of it as not recognised."""
    unread: list[str] = []
    for token in tokens:
        if name := _closest(token, names):
            yield _known(name, token, "close")
        else:
            unread.append(token)
    if unread:
        yield Recognised(" ".join(unread), "not_recognised")


def _closest(token: str, names: Mapping[str, Known]) -> Known | None:
    """The nearest known name; None when none is within reach, or two of different classes are."""
    if len(token) < SHORTEST_TO_GUESS:
        return None
    most = 2 if len(token) >= LONG else 1
    near = {
        known: away
        for known in names
        if len(known) >= SHORTEST_TO_GUESS
        and abs(len(known) - len(token)) <= most
        and (away := OSA.distance(token, known, score_cutoff=most)) <= most
    }
    if len({names[known].classes for known in near}) != 1:
        return None
    return names[min(near, key=lambda known: (near[known], known))]
