"""The reference of Python names every public name, and each says what it must."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import unknot
from tools.reference.pages import python
from tools.reference.source import definition, words

ROOT = Path(__file__).parents[2]
FUNCTIONS = [name for name in unknot.__all__ if name[0].islower()]


def test_every_public_name_stands_under_one_heading() -> None:
    named = [name for names in python.GROUPS.values() for name in names]
    assert sorted(named) == sorted(unknot.__all__)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_it_raises_and_is_fully_typed(name: str) -> None:
    node = definition(getattr(unknot, name))
    assert isinstance(node, ast.FunctionDef)
    assert "Raise" in " ".join(words(node)) or "never an error" in " ".join(words(node))
    assert node.returns is not None
    arguments = (*node.args.args, *node.args.kwonlyargs)
    assert [one.arg for one in arguments if one.annotation is None] == []


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "unknot" / "py.typed").is_file()


def test_importing_reads_no_rule_and_loads_nothing_heavy() -> None:
    heavy = ("unknot.", "numpy", "django", "tomllib", "datetime")
    code = f"import sys, unknot; print([m for m in sys.modules if m.startswith({heavy})])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
