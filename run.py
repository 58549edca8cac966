#!/usr/bin/env python3
"""Start Unknot, or test it, from a fresh checkout. Needs only Python 3.11 or newer.

    python3 run.py serve      make what is missing, start the clinic, print its address
    python3 run.py test       make what is missing, run every test
    python3 run.py check      format, lint, types, import contracts, migrations, knowledge
    python3 run.py release    check, and that nothing of the knowledge is past its review

Everything goes into .venv beside this file. What the system itself lacks is installed where
that is allowed (root on Debian or Ubuntu); else the one line to type is printed and the rest
still works.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
STARTED = time.monotonic()


def main(arguments: list[str]) -> int:
    verbs = {"serve": serve, "test": test, "check": check, "release": release}
    if not arguments or arguments[0] not in verbs:
        print(__doc__)
        return 2
    if sys.version_info < (3, 11):
        print(f"Unknot needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 2
    try:
        return verbs[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
    except subprocess.CalledProcessError as error:
        print(f"\nThis step failed: {' '.join(map(str, error.cmd))}")
        return error.returncode or 1


def serve(arguments: list[str]) -> int:
    """The clinic, on a free port, until Ctrl-C."""
    system_packages([name for name in PDF_PACKAGES if not has_library(name)], "PDF letters")
    environment("requirements.lock")
    say(f"ready after {time.monotonic() - STARTED:.0f} s")
    return call([PYTHON, "-m", "unknot", "serve", *arguments])


def test(arguments: list[str]) -> int:
    """Every test: on SQLite, in Chromium, and on PostgreSQL. Arguments go to pytest."""
    prepare_for_tests()
    if arguments:
        return call([PYTHON, "-m", "pytest", *arguments])
    return call([PYTHON, "-m", "tests.everything"])


def check(arguments: list[str]) -> int:
    """Everything about the code that a machine can judge."""
    prepare_for_tests()
    steps = {
        "format": ["ruff", "format", "--check", "."],
        "lint": ["ruff", "check", "."],
        "types": ["mypy"],
        "import contracts": ["importlinter.cli", "lint"],
        "migrations": ["django", "makemigrations", "--check", "--dry-run"],
        "knowledge": ["unknot", "knowledge", "check"],
    }
    failed = []
    for name, step in steps.items():
        say(f"checking {name}")
        command = (
            [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
            if name == "import contracts"
            else [PYTHON, "-m", *step]
        )
        if call(command):
            failed.append(name)
    print("All checks passed." if not failed else f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def release(arguments: list[str]) -> int:
    """Whether this may be released. A record past its review stops a release, never a build.

    `--on 2028-12-01` asks about another day than today.
    """
    failed = ["check"] if check([]) else []
    say("looking for what is due for review")
    if call([PYTHON, "-m", "unknot", "knowledge", "due", *arguments]):
        failed.append("knowledge due")
    say("comparing the reference with its sources")
    if call([PYTHON, "tools/build_reference.py", "--check"]):
        failed.append("reference")
    if failed:
        print(f"Not to be released: {', '.join(failed)}.")
        return 1
    print("May be released, once every test passes: python3 run.py test")
    return 0


def prepare_for_tests() -> None:
    missing = [name for name in PDF_PACKAGES if not has_library(name)]
    if not shutil.which("chromium"):
        missing.append("chromium")
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        missing.append("postgresql")
    if not shutil.which("java"):
        missing.append("default-jre-headless")
    system_packages(missing, "the full test run")
    environment("requirements-dev.lock")


def environment(lock: str) -> None:
    """A .venv that holds exactly what the lock names. Does nothing when it already does."""
    if not PYTHON.exists():
        say("making .venv")
        make_venv()
    digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    stamp = VENV / f"{lock}.installed"
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(f"installing what {lock} names (once)")
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-qq"]
    run([*pip, "--require-hashes", "-r", ROOT / lock])
    stamp.write_text(digest)


def make_venv() -> None:
    """A virtual environment; on a bare Debian that needs python3-venv first."""
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode:
        system_packages([f"python{sys.version_info.major}-venv"], "a virtual environment")
    shutil.rmtree(VENV, ignore_errors=True)
    run([sys.executable, "-m", "venv", VENV])


def system_packages(names: list[str], purpose: str) -> None:
    """Installs Debian packages where we may, else says the one line that does."""
    if not names:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    if not shutil.which("apt-get"):
        print(f"  For {purpose}, install what your system calls: {' '.join(names)}")
        return
    if os.name == "nt" or os.geteuid() != 0:
        print(f"  For {purpose}, type:  sudo {' '.join(line)}")
        return
    say(f"installing {', '.join(names)} for {purpose}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], line):
        done = subprocess.run(command, capture_output=True, text=True, env=quiet, check=False)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            print(f"  {' '.join(command[:2])} did not work ({reason}). For {purpose}, type:")
            print(f"  {' '.join(line)}")
            return


def has_library(package: str) -> bool:
    """Whether the library a Debian package brings can be loaded."""
    names = {
        "libpango-1.0-0": "pango-1.0",
        "libpangoft2-1.0-0": "pangoft2-1.0",
        "libharfbuzz-subset0": "harfbuzz-subset",
    }
    return ctypes.util.find_library(names[package]) is not None


def say(words: str) -> None:
    print(f"· {words}", flush=True)


def run(command: list[object]) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT)


def call(command: list[object]) -> int:
    """Runs a program in our place and gives its exit code; Ctrl-C is the program's to handle."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    environ.setdefault("DJANGO_SETTINGS_MODULE", "unknot.clinic.settings")
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environ)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
