"""Faults planted on purpose in a copy of the tree: each guard must catch its own.

A guard that cannot fail guards nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
RULES = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree, to be spoiled."""
    folder = tmp_path_factory.mktemp("tree")
    for name in ("unknot", "tests"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "browser")
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def _judge(copy: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=copy, env=environ, capture_output=True, text=True, check=False, timeout=300
    )


def _caught(copy: Path, place: str, spoil: Callable[[str], str], command: list[str]) -> str:
    """What the guard says about the spoiled file; fails when it says nothing."""
    path = copy / place
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text() if path.exists() else None
    path.write_text(spoil(before or ""))
    try:
        done = _judge(copy, command)
    finally:
        path.unlink() if before is None else path.write_text(before)
    assert done.returncode != 0, "the planted fault was not caught"
    return done.stdout + done.stderr


def test_the_clean_tree_keeps_its_import_contracts(copy: Path) -> None:
    done = _judge(copy, LINT)
    assert done.returncode == 0, done.stdout[-3000:]


def test_django_in_the_reasoning_is_caught(copy: Path) -> None:
    said = _caught(
        copy, "unknot/reasoning/marks.py", lambda text: text + "\nimport django.conf\n", LINT
    )
    assert "unknot.reasoning.marks -> django" in said


def test_an_earlier_stage_that_imports_a_later_one_is_caught(copy: Path) -> None:
    said = _caught(
        copy,
        "unknot/clinic/intake/views.py",
        lambda text: text + "\nfrom ..book import actions as _later\n",
        LINT,
    )
    assert "unknot.clinic.intake is not allowed to import unknot.clinic.book" in said


def test_a_view_without_an_access_check_is_caught(copy: Path) -> None:
    said = _caught(
        copy,
        "unknot/clinic/plan/views.py",
        lambda text: text + '\n\ndef leak(request):\n    """Shows all."""\n    return None\n',
        [*RULES, "tests/test_repository.py", "-k", "names_its_action"],
    )
    assert "leak" in said


def test_a_template_name_that_does_not_exist_is_caught(copy: Path) -> None:
    said = _caught(
        copy,
        "unknot/clinic/people/views.py",
        lambda text: text.replace('"people/home.html"', '"people/hmoe.html"'),
        [*RULES, "tests/test_templates.py"],
    )
    assert "hmoe" in said


def test_a_knowledge_record_without_a_source_is_caught(copy: Path) -> None:
    said = _caught(
        copy,
        "unknot/knowledge/doses.toml",
        lambda text: re.sub(r"^sources = .*\n", "", text, count=1, flags=re.MULTILINE),
        [sys.executable, "-m", "unknot", "knowledge", "check"],
    )
    assert "sources" in said
    assert "doses.toml" in said
