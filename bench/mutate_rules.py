"""Which small mistakes in a safety rule or red flag would nobody notice?

    python -m bench.mutate_rules

Makes every mistake of `tests/support/mutants.py` in every record, one at a time, and asks the
cases of the tables, what may lift a finding, and the vignettes. Exits with 1 when one is left
that is not explained.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from tests.support.cases import lacking, records, written
from tests.support.mutants import mutants, noticed, same_either_way


def main() -> int:
    """Prints the figures, and every mistake that nothing notices with why; 1 when one has none."""
    began = time.perf_counter()
    by, whys, left = Counter[str](), Counter[str](), list[str]()
    for record in records().values():
        for mutant in mutants(record):
            found = noticed(mutant)
            by[found] += 1
            if found:
                continue
            why = same_either_way(mutant)
            whys[why] += bool(why)
            left += [] if why else [mutant.name]
    _print(by, whys, left)
    print(f"{time.perf_counter() - began:.0f} s")
    return 1 if left else 0


def _print(by: Counter[str], whys: Counter[str], left: list[str]) -> None:
    whole = sum(not kinds for kinds in lacking().values())
    print(f"rules and red flags with all four kinds of case: {whole} of {len(lacking())}")
    print(f"cases: {sum(1 for _ in written('red_flags', 'rules'))}", end=", ")
    print(f"vignettes: {sum(1 for _ in written('vignettes'))}")
    print(f"mistakes: {by.total()}, noticed: {by.total() - by['']}")
    for what in ("table", "lifting", "vignette"):
        print(f"  by {what}: {by[what]}")
    print(f"explained: {whys.total()}")
    for why, count in whys.most_common():
        print(f"  {count:4} {why}")
    print(f"not noticed: {len(left)}", *left, sep="\n  ")


if __name__ == "__main__":
    sys.exit(main())
