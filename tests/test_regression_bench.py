"""The table of the explanation comes from the command that the explanation names."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_it_counts_by_starting_level_and_shows_nothing_of_a_few(tmp_path: Path) -> None:
    lines = ["PAIN_INTENSITY_AVERAGE,PAIN_INTENSITY_AVERAGE.FOLLOW_UP"]
    lines += ["9,5"] * 12 + ["9,9"] * 12 + ["8,NA", ",3"]
    lines += ["2,5"] * 4
    path = tmp_path / "pain.csv.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    command = [sys.executable, str(ROOT / "bench/regression_to_the_mean.py"), str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "| 8 to 10 | 24 | 50% (12) | 0% (0) | -2.00 |" in said
    assert "| 0 to 3 | fewer than 10 | hidden | hidden | hidden |" in said
    assert "| 4 to 5 | fewer than 10 |" in said
