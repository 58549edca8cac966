"""Prepares a folder in which mutmut can change the rule engine, one small mistake at a time.

    python -m bench.mutate_engine /tmp/mutation
    cd /tmp/mutation && mutmut run && mutmut results

The folder holds the engine, the knowledge, the tables and the unit tests of the engine, without
the web; the tables are asked in one test, so that a mistake costs a fraction of a second. mutmut
leaves decorated functions alone and keeps what was computed before a mistake: so caches are put on
at the end of a module, and emptied before the tests are run.

mutmut is no dependency of this project: install it into an environment of its own, beside this
project's packages. `docs/explanation/mutation.md` has the result.
"""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENGINE = (
    "unknot/reasoning/screen/*.py",
    "unknot/reasoning/ternary.py",
    "unknot/reasoning/truth.py",
    "unknot/knowledge/when.py",
)
TESTS = (
    "tests/__init__.py",
    "tests/support/__init__.py",
    "tests/support/cases.py",
    "tests/support/checks.py",
    "tests/support/lifting.py",
    "tests/reasoning/screen/test_findings.py",
    "tests/reasoning/screen/test_screen.py",
    "tests/reasoning/test_screen_aside.py",
    "tests/reasoning/test_ternary.py",
    "tests/reasoning/test_truth.py",
    "tests/reasoning/test_dates.py",
    "tests/reasoning/test_medicines.py",
    "tests/knowledge/test_when.py",
)
SLOW = "tests/reasoning/test_truth.py::test_a_board_decides_as_each_condition_alone"
SETTINGS = """
[tool.pytest.ini_options]
testpaths = ["tests"]
pythonpath = ["."]
addopts = ["-p", "no:django", "--deselect", "{slow}"]

[tool.mutmut]
source_paths = ["unknot"]
only_mutate = [{engine}]
pytest_add_cli_args_test_selection = ["tests"]
"""
TABLES = '''"""Every table at once."""

import json

from tests.support.at_once import RULE_CASES, VIGNETTES
from tests.support.cases import records
from tests.support.checks import check_rule_case, check_vignette
from tests.support.lifting import check_lifting
from unknot.knowledge import load
from unknot.reasoning.screen import Screening, decide


def test_every_table(forget):
    forget()
    for entry, case in VIGNETTES:
        found = decide(case)
        check_vignette(entry, found)
        assert Screening.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    for entry, case in RULE_CASES:
        check_rule_case(entry, decide(case))
    for rule in records():
        check_lifting(rule, load())
'''
CONFTEST = '''"""Forgets what was computed before a mistake was made."""

import importlib
import pkgutil

import pytest

import unknot.reasoning.screen


@pytest.fixture(autouse=True, scope="session")
def forget():
    empty_caches()
    return empty_caches


@pytest.fixture(autouse=True)
def forget_what_is_cheap():
    """So that mutmut sees every test that asks for it; making the rules ready costs too much."""
    empty_caches(but=("program",))


def empty_caches(but=()):
    package = unknot.reasoning.screen
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        for value in vars(module).values() if found.name not in but else ():
            if getattr(value, "__module__", "") == module.__name__:
                getattr(value, "cache_clear", int)()
'''
AT_ONCE = '''"""The tables, read once before any mistake is made."""

from tests.support.cases import screened, written

VIGNETTES = [(entry, screened(entry)) for entry in written("vignettes")]
RULE_CASES = [(entry, screened(entry)) for entry in written("red_flags", "rules")]
'''


def main() -> None:
    """Fills the folder, which must not exist yet."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True)
    for part in ("unknot/knowledge", "unknot/reasoning", "unknot/cli", "tests/cases"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("unknot/__init__.py", *TESTS):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    for pattern in ENGINE:
        for path in folder.glob(pattern):
            path.write_text(cached_at_the_end(path.read_text("utf-8")), "utf-8")
    (folder / "tests" / "conftest.py").write_text(CONFTEST, "utf-8")
    (folder / "tests" / "test_tables.py").write_text(TABLES, "utf-8")
    (folder / "tests" / "support" / "at_once.py").write_text(AT_ONCE, "utf-8")
    engine = ", ".join(f'"{pattern}"' for pattern in ENGINE)
    (folder / "pyproject.toml").write_text(SETTINGS.format(engine=engine, slow=SLOW), "utf-8")


def cached_at_the_end(module: str) -> str:
    """The module with its caches as calls at the end instead of decorators."""
    found = re.compile(r"^@(lru_cache\([^)]*\))\ndef (\w+)", re.MULTILINE)
    calls = [f"{name} = {cache}({name})" for cache, name in found.findall(module)]
    return "\n".join([found.sub(r"def \2", module), *calls, ""])


if __name__ == "__main__":
    main()
