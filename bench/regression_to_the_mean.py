"""How much people at pain clinics change by themselves, by how bad it was at the start.

    python bench/regression_to_the_mean.py PATH/TO/pain.csv.gz

Reads the data set `pain` of the R package HDSinRdata (CC BY 4.0; Alter BJ et al., PLoS One 2021):
people at pain clinics with their average pain at the first visit (`PAIN_INTENSITY_AVERAGE`) and,
for some, three months later. Prints shares and counts of groups, never a person, and nothing of a
group under ten. The file is not part of the project.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

BANDS = ((0, 3), (4, 5), (6, 7), (8, 10))
START, LATER = "PAIN_INTENSITY_AVERAGE", "PAIN_INTENSITY_AVERAGE.FOLLOW_UP"
POINTS = 2
SMALLEST = 10


def pairs(path: Path) -> Iterator[tuple[float, float]]:
    """Pain at the start and later, of everybody with both."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    with io.StringIO(text.decode(), newline="") as file:
        for row in csv.DictReader(file):
            start, later = row[START], row[LATER]
            if start not in ("", "NA") and later not in ("", "NA"):
                yield float(start), float(later)


def main(path: Path) -> None:
    """Prints the table as Markdown."""
    changes: dict[tuple[int, int], list[float]] = defaultdict(list)
    for start, later in pairs(path):
        band = next(band for band in BANDS if round(start) <= band[1])
        changes[band].append(start - later)
    everybody = [change for found in changes.values() for change in found]
    print(
        "| pain at the first visit | people | better by 2 or more | worse by 2 or more | change |"
    )
    print("| --- | --- | --- | --- | --- |")
    for band in BANDS:
        _line(f"{band[0]} to {band[1]}", changes[band])
    _line("all", everybody)


def _line(name: str, found: list[float]) -> None:
    if len(found) < SMALLEST:
        print(f"| {name} | fewer than {SMALLEST} | hidden | hidden | hidden |")
        return
    better = sum(change >= POINTS for change in found)
    worse = sum(change <= -POINTS for change in found)
    mean = -sum(found) / len(found)
    print(
        f"| {name} | {len(found):,} | {better / len(found):.0%} ({better:,}) |"
        f" {worse / len(found):.0%} ({worse:,}) | {mean:+.2f} |"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    main(parser.parse_args().path)
