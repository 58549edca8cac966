"""Whatever a file holds: a result, or an error that names the line, the key and the cure.

    python -m bench.fuzz_cases --count 10000

Damaged documents of whole people, structured nonsense and plain text pass through reading,
screening, assessing and planning. Stops at the first document that raises anything else, and
prints it as small as it can be made.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from hypothesis import HealthCheck, given, seed, settings

from tests.support.fuzz import documents, pass_through


def main() -> None:
    """Runs the documents and prints what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000, help="documents (default 10000)")
    parser.add_argument("--seed", type=int, default=20261122, help="the same seed, the same run")
    args = parser.parse_args()
    came: Counter[str] = Counter()

    @seed(args.seed)
    @settings(
        max_examples=args.count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(text=documents())
    def fuzz(text: str) -> None:
        came[pass_through(text)] += 1

    began = time.perf_counter()
    fuzz()
    took = time.perf_counter() - began
    print(f"{sum(came.values()):,} documents in {took:.0f} s; none raised anything else.")
    for what, count in came.most_common():
        print(f"{what:>10}  {count:,}")


if __name__ == "__main__":
    main()
