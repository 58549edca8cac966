"""What the README shows is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import unknot

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_python_of_the_readme_runs_and_prints_what_it_says() -> None:
    code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]
    done = _run([sys.executable, "-W", "ignore::ResourceWarning", "-c", code])
    assert done.returncode == 0, done.stderr
    for promised in re.findall(r"print\(.*?\)  # (.+)", code):
        assert promised in done.stdout
    assert "not promised:" in done.stdout


def test_the_command_of_the_readme_stops_the_typist_kindly() -> None:
    command = re.findall(r"^unknot (screen .+)$", README, re.MULTILINE)[0]
    done = _run([sys.executable, "-m", "unknot", *command.split()])
    assert done.returncode == 3, "blocked until a clinician has looked"
    assert "doctor" in done.stdout


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", README))
def test_every_link_and_picture_of_the_readme_is_there(target: str) -> None:
    assert (ROOT / target).exists()


@pytest.mark.parametrize("name", unknot.__all__)
def test_every_public_name_can_be_used_and_says_what_it_gives(name: str) -> None:
    assert getattr(unknot, name).__doc__
    assert name in dir(unknot)


def test_an_unknown_public_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'cure'"):
        unknot.cure  # noqa: B018


def test_importing_the_package_does_not_load_the_web() -> None:
    code = "import sys, unknot; unknot.screen; print('django' in sys.modules)"
    assert _run([sys.executable, "-c", code]).stdout.strip() == "False"
