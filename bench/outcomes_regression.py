"""Who gets better by itself: shares improving and worsening by the level at the start.

    python -m bench.outcomes_regression PATIENTS.csv.gz

The table has one person a row with the average pain of 0 to 10 at the first contact and at the
follow-up (columns PAIN_INTENSITY_AVERAGE and PAIN_INTENSITY_AVERAGE.FOLLOW_UP). Nobody was treated
for the sake of the table: what moves is care as usual, time and regression to the mean. A page
that compares the first score with the last would count every share in the first column a success.
"""

from __future__ import annotations

import argparse
import csv
import gzip

BANDS = ((0, 3), (4, 5), (6, 7), (8, 10))
BIG = 2.0


def shares(rows: list[tuple[float, float]]) -> list[tuple[str, int, float, float, float]]:
    """By band: people, share better by 2, share worse by 2, mean change."""
    found = []
    for low, high in BANDS:
        changes = [after - before for before, after in rows if low <= round(before) <= high]
        better = sum(change <= -BIG for change in changes) / len(changes)
        worse = sum(change >= BIG for change in changes) / len(changes)
        found.append(
            (f"{low} to {high}", len(changes), better, worse, sum(changes) / len(changes))
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("patients", metavar="PATIENTS.csv.gz")
    rows = []
    with gzip.open(parser.parse_args().patients, "rt", newline="") as file:
        for row in csv.DictReader(file):
            pair = (row["PAIN_INTENSITY_AVERAGE"], row["PAIN_INTENSITY_AVERAGE.FOLLOW_UP"])
            if all(value not in ("", "NA") for value in pair):
                rows.append((float(pair[0]), float(pair[1])))
    print(f"{'start':8s} people  better by 2  worse by 2  mean change")
    for name, count, better, worse, mean in shares(rows):
        print(f"{name:8s} {count:6d} {better:12.1%} {worse:11.1%} {mean:+12.2f}")


if __name__ == "__main__":
    main()
