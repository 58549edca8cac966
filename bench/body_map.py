"""Ranks muscles for everybody in a file of CHOIR body maps, and checks the mapping on the way.

The file is comma-separated, plain or gzipped, with columns X101-X136 and X201-X238 (1 where pain
was marked) and PAT_SEX. Nothing of it is kept or printed but sums.

    python -m bench.body_map PATH
"""

from __future__ import annotations

import csv
import gzip
import itertools
import math
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from unknot.knowledge import Knowledge, load
from unknot.knowledge.body_map import Segment
from unknot.reasoning.assess import body_map
from unknot.reasoning.assess.maps import side_of, stem
from unknot.reasoning.assess.sources import LEAST, rank_drawn

NUMBERS = (*range(101, 137), *range(201, 239))
BOTH = tuple(itertools.combinations(NUMBERS, 2))
PLAIN = 500
"""People ranked by the plain way, for the ratio."""


@dataclass(frozen=True)
class Person:
    """One row: the segments marked, and the figure they were marked on."""

    numbers: tuple[int, ...]
    sex: str


def people(path: Path) -> Iterator[Person]:
    """Everybody in the file."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        for row in csv.DictReader(file):
            marked = (n for n in NUMBERS if row[f"X{n}"] not in ("", "NA") and float(row[f"X{n}"]))
            yield Person(tuple(marked), row["PAT_SEX"].strip().lower())


# --- The mapping ---------------------------------------------------------------------------------


def shares(everybody: Sequence[Person], figures: Mapping[str, Mapping[int, Segment]]) -> None:
    """Prints how many segments and marks map exactly, in parts, roughly, and not at all."""
    by_flag: Counter[str] = Counter(segment.match for segment in figures["male"].values())
    by_mark: Counter[str] = Counter()
    for person in everybody:
        known = figures.get(person.sex, figures[""])
        by_mark.update(known[n].match if n in known else "not mapped" for n in person.numbers)
    flags, marks = sum(by_flag.values()), sum(by_mark.values())
    print(f"{len(everybody):,} people, {flags} segments, {marks:,} marks")
    for match in ("exact", "split", "approximate", "not mapped"):
        print(
            f"  {match:12} {by_flag[match]:3} segments ({by_flag[match] / flags:4.0%}),"
            f" {by_mark[match]:7,} marks ({by_mark[match] / marks:6.2%})"
        )


def places(everybody: Sequence[Person], figures: Mapping[str, Mapping[int, Segment]]) -> None:
    """Prints whether the marks behave as the places of the mapping say they should."""
    for sex in body_map.FIGURES:
        own = [person for person in everybody if person.sex == sex]
        bits = {n: sum(1 << i for i, p in enumerate(own) if n in p.numbers) for n in NUMBERS}
        known = figures[sex]
        pairs = [
            (n, m) for n in NUMBERS for m in NUMBERS if n < m and _mirrored(known[n], known[m])
        ]
        counts = [_ratio(bits[n].bit_count(), bits[m].bit_count()) for n, m in pairs]
        faces = [
            (n, m) for n in NUMBERS for m in NUMBERS if n < 200 < m and _faces(known[n], known[m])
        ]
        print(f"{sex}: {len(own):,} people")
        print(f"  {len(pairs)} pairs left and right; largest ratio of counts {max(counts):.2f}")
        for name, kind in (("the other side", pairs), ("the other face", faces)):
            ranks = [_rank(n, m, bits, len(own)) for n, m in kind]
            first = sum(rank <= 3 for rank in ranks)
            print(f"  {name} is among the 3 segments marked most with it: {first} of {len(ranks)}")
        swapped = figures[body_map.FIGURES[1 - body_map.FIGURES.index(sex)]]
        print(f"  112-117 with the back of the same place: {_arms(known, bits, len(own)):.2f},")
        print(
            f"  by the other figure's numbering: {_arms(swapped, bits, len(own)):.2f} (mean phi)"
        )


def _mirrored(one: Segment, other: Segment) -> bool:
    return one.view == other.view and [_turned(r) for r in one.regions] == [*other.regions]


def _turned(region: str) -> str:
    side = {"left": "right", "right": "left", "mid": "mid"}[side_of(region)]
    return f"{stem(region)}_{side}"


def _faces(front: Segment, back: Segment) -> bool:
    """Front and back of one limb on one side, such as the two faces of an elbow."""
    places = [
        {r.replace("_front", "").replace("_back", "") for r in s.regions} for s in (front, back)
    ]
    return front.match == back.match == "exact" and places[0] == places[1]


def _ratio(one: int, other: int) -> float:
    return max(one, other) / min(one, other)


def _rank(one: int, other: int, bits: Mapping[int, int], people: int) -> int:
    """The place of `other` among the segments marked together with `one`, from 1."""
    own = _phi(bits[one], bits[other], people)
    return 1 + sum(
        _phi(bits[one], bits[n], people) > own for n in NUMBERS if n not in (one, other)
    )


def _arms(known: Mapping[int, Segment], bits: Mapping[int, int], people: int) -> float:
    pairs = [
        (n, m) for n in range(111, 119) for m in range(201, 239) if _faces(known[n], known[m])
    ]
    return statistics.fmean(_phi(bits[n], bits[m], people) for n, m in pairs)


def _phi(one: int, other: int, people: int) -> float:
    """How much two segments are marked together, -1 to 1."""
    a, b, both = one.bit_count(), other.bit_count(), (one & other).bit_count()
    return (people * both - a * b) / math.sqrt(a * b * (people - a) * (people - b))


# --- Ranking -------------------------------------------------------------------------------------


def rank(everybody: Sequence[Person], figures: Mapping[str, Mapping[int, Segment]]) -> None:
    """Ranks everybody, and prints how fast and what came out."""
    known = load()
    drawings = [body_map.spread(p.numbers, figures.get(p.sex, figures[""])) for p in everybody]
    begun = time.process_time()
    ranked = [rank_drawn(drawn, knowledge=known) for drawn in drawings]
    seconds = time.process_time() - begun
    some = drawings[:: max(1, len(drawings) // PLAIN)]
    begun = time.process_time()
    fits = [plain(drawn, known) for drawn in some]
    slower = (time.process_time() - begun) / len(some) / (seconds / len(everybody))
    same = sum(_agree(fit, drawn, known) for fit, drawn in zip(fits, some, strict=True))
    found = [len(one) for one, drawn in zip(ranked, drawings, strict=True) if drawn]
    best = Counter(one[0].name for one in ranked if one)
    speed = f"{len(ranked) / seconds:,.0f} people a second"
    print(f"ranked {len(ranked):,} people with reasons in {seconds:.1f} s of one core: {speed}")
    print(f"  {slower:.1f} times as fast as only judging every muscle in turn,", end=" ")
    print(f"with the same muscles for {same} of {len(some)} people")
    print(f"  with a mark {len(found):,}; with a muscle to look at {sum(map(bool, found)):,}")
    print("  first most often:", ", ".join(f"{n} {c:,}" for n, c in best.most_common(5)))


def _agree(fits: set[tuple[str, str]], drawn: Mapping[str, float], known: Knowledge) -> bool:
    every = rank_drawn(drawn, most=len(known.muscles) * 2, knowledge=known)
    return fits == {(one.muscle_id, one.side) for one in every}


def plain(drawn: Mapping[str, float], known: Knowledge) -> set[tuple[str, str]]:
    """The plain way: every muscle of both sides against the whole drawing."""
    found = set()
    for side in ("left", "right"):
        here = {r: w for r, w in drawn.items() if side_of(r) in (side, "mid")}
        for muscle in known.muscles.values():
            zone = {*muscle.lies_in, *muscle.refers_to}
            explains = [region for region in here if stem(region) in zone]
            if not any(side_of(region) == side for region in explains):
                continue
            a = sum(here[region] for region in explains) / sum(here.values())
            b = len({stem(region) for region in explains}) / len(zone)
            if 2 * a * b / (a + b) >= LEAST:
                found.add((muscle.id, side))
    return found


def main(path: Path) -> None:
    everybody = list(people(path))
    figures = {sex: body_map.segments(sex) for sex in (*body_map.FIGURES, "")}
    shares(everybody, figures)
    places(everybody, figures)
    rank(everybody, figures)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
