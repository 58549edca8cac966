"""How often the verdict says "better" to people whom the visits did nothing for.

Three groups of invented people, none helped by any visit: one begins care in a bad spell that
passes by itself, one is steady, one gets worse. Prints the share of each verdict, and how many
verdicts name a cause (none).

    python bench/false_claims.py [people]
"""

import math
import random
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

from unknot.reasoning.outcomes import Diary, Entry, Session, Verdict, fit, verdict
from unknot.reasoning.outcomes.words import ANYWAY

BEGIN = datetime(2026, 1, 5, 20, tzinfo=UTC)
BASELINE_DAYS, WEEKS, ANSWERED = 7, 8, 0.6
PASSES_IN_DAYS = 30.0
NAMES_A_CAUSE = ("because of", "thanks to", "massage works", "is working", "due to", "proved")


def person(random_: random.Random, bad_spell: float) -> Diary:
    """A diary with correlated days, rounded answers and missing days; visits change nothing."""
    usual = min(9.0, max(2.0, random_.gauss(5, 1.5)))
    spread = random_.lognormvariate(math.log(0.8), 0.45)
    correlation = 1 / (1 + math.exp(-random_.gauss(-0.5, 0.6)))
    drift, entries = random_.gauss(0, spread), []
    for day in range(BASELINE_DAYS + 7 * WEEKS):
        drift = correlation * drift + random_.gauss(0, spread * math.sqrt(1 - correlation**2))
        level = usual + bad_spell * math.exp(-day / PASSES_IN_DAYS) + drift
        answer = min(10, max(0, round(level + random_.gauss(0, 0.35))))
        if random_.random() < ANSWERED:
            entries.append(Entry(BEGIN + timedelta(days=day), float(answer)))
    first = BEGIN + timedelta(days=BASELINE_DAYS, hours=-6)
    visits = tuple(Session(first + timedelta(weeks=week)) for week in range(WEEKS))
    return Diary(tuple(entries), visits)


def names_a_cause(found: Verdict) -> bool:
    """True when any sentence gives the visits the credit, or leaves out what would have passed."""
    text = " ".join((found.sentence, *found.reasons)).lower()
    better = found.kind in ("clearly_better", "probably_better")
    return any(word in text for word in NAMES_A_CAUSE) or (better and ANYWAY not in found.caveats)


def shares(people: int, bad_spell: float, seed: int = 1) -> tuple[Counter[str], int]:
    """Verdicts by kind and the number that name a cause."""
    random_ = random.Random(seed)
    found = [
        verdict(fit(person(random_, random_.gauss(bad_spell, 0.5) if bad_spell else 0.0)))
        for _ in range(people)
    ]
    return Counter(str(one.kind) for one in found), sum(map(names_a_cause, found))


def main(people: int) -> None:
    for name, bad_spell in (
        ("in a bad spell that passes", 2.0),
        ("steady", 0.0),
        ("getting worse", -2.0),
    ):
        kinds, causes = shares(people, bad_spell)
        print(f"{people} people, {name}; no effect of any visit")
        for kind, count in kinds.most_common():
            print(f"  {kind:16} {count / people:6.1%}")
        print(f"  names a cause    {causes / people:6.1%}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
