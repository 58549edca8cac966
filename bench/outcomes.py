"""What a fit costs: refits a minute, against the number of entries, numpy alone, and the import.

python -m bench.outcomes
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded

import numpy as np

from bench import outcomes_people as people
from unknot.reasoning.outcomes import Diary, band, fit, forecast, reevaluate
from unknot.reasoning.outcomes.engine import kalman, points, sites
from unknot.reasoning.outcomes.engine.design import design
from unknot.reasoning.outcomes.engine.fitted import fitted

IMPORT = "import time; a = time.perf_counter(); import unknot.reasoning.outcomes as o; {more}"
IMPORT += "print(time.perf_counter() - a)"


def somebody(seed: int, weeks: int = 8, answered: float = 0.6) -> Diary:
    """A diary of about fifty answers, unless told otherwise."""
    random = np.random.default_rng((3, seed))
    course = people.Course(7, weeks, answered=answered, paired=answered < 0.9)
    return people.person(people.Truth(level=5, recovery=1, delta=-0.5), course, random).diary


def milliseconds(work: object, times: int = 20) -> tuple[float, float]:
    """CPU and wall milliseconds of a call, the medians of some."""
    cpu, wall = [], []
    for _ in range(times):
        a, b = time.process_time(), time.perf_counter()
        work()  # type: ignore[operator]
        cpu.append(time.process_time() - a)
        wall.append(time.perf_counter() - b)
    return float(np.median(cpu)) * 1000, float(np.median(wall)) * 1000


def _many(seeds: range) -> float:
    """CPU seconds for a fit of each of these people, made before the clock starts."""
    diaries = [somebody(seed) for seed in seeds]
    fit(diaries[0])
    began = time.process_time()
    for diary in diaries:
        fit(diary)
    return time.process_time() - began


def main() -> None:
    fit(somebody(0))
    for weeks, answered in ((6, 0.72), (27, 0.99), (113, 0.99)):
        diary = somebody(1, weeks, answered)
        whole = milliseconds(lambda diary=diary: fit(diary), 8)
        core = milliseconds(lambda diary=diary: fitted(diary, 0), 8)
        plain = milliseconds(lambda diary=diary: fitted(diary, 0, compiled=False), 4)
        print(
            f"{len(diary.entries):4d} answers: integration {core[0]:.1f} ms CPU"
            f" ({plain[0] / core[0]:.1f} times with numpy alone), whole fit {whole[0]:.1f} ms CPU,"
            f" {whole[1]:.1f} ms wall"
        )
    found = fit(somebody(1))
    for work in (forecast, band, reevaluate):
        cpu, wall = milliseconds(lambda work=work: work(found), 5)
        print(f"{work.__name__}: {cpu:.0f} ms CPU, {wall:.0f} ms wall")
    made = design(somebody(1))
    theta = kalman.natural(np.array(points.normal(256, 0, 0)), made)
    one, _ = milliseconds(lambda: kalman.run(theta, made, sites.NONE))
    print(f"one likelihood, {len(made.y)} answers: {one / 256 * 1000:.1f} us CPU")
    began = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        cpu_s = sum(pool.map(_many, (range(300), range(300, 600))))
    wall_s = time.perf_counter() - began
    print(f"600 refits on two processes: {600 / wall_s * 60:,.0f} a minute wall, people made too;")
    print(f"{2 * 600 / cpu_s * 60:,.0f} a minute on two free cores by CPU time")
    for name, more in (("import", ""), ("import and first fit", "o.fit(o.Diary()); ")):
        code = [sys.executable, "-c", IMPORT.format(more=more)]
        done = subprocess.run(code, capture_output=True, text=True, check=True)
        print(f"{name}: {float(done.stdout):.2f} s")


if __name__ == "__main__":
    main()
