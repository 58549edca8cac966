"""The public names of the package are there, and nothing heavy is loaded before they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import unknot


@pytest.mark.parametrize("name", unknot.__all__)
def test_every_public_name_can_be_used(name: str) -> None:
    assert getattr(unknot, name) is not None
    assert name in dir(unknot)


def test_a_name_that_does_not_exist_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'heal'"):
        _ = unknot.heal


def test_importing_the_package_loads_neither_django_nor_the_knowledge() -> None:
    code = "import sys, unknot; print({'django', 'unknot.knowledge'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_outcomes_are_a_module_of_their_own() -> None:
    code = "import unknot; print(unknot.outcomes.fit(unknot.outcomes.Diary()).basis.answers)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
