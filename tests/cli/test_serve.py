"""``unknot serve``: a free port, a clean stop, and what it does in the background."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from unknot.cli.serve import free_port

ROOT = Path(__file__).resolve().parents[2]


def test_a_taken_port_leads_to_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = free_port("127.0.0.1", port)
    assert found is not None
    assert found > port


def test_no_port_is_found_past_the_last() -> None:
    assert free_port("127.0.0.1", 65536) is None


@pytest.fixture
def started(tmp_path: Path) -> subprocess.Popen[str]:
    environ = {**os.environ, "UNKNOT_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    for name in ("UNKNOT_DATABASE_URL", "UNKNOT_DEBUG"):
        environ.pop(name, None)
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "unknot", "serve", "--port", "8400"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"http://localhost:\d+/", line)
        if found:
            return found[0]
    raise AssertionError("it ended without an address")


def test_it_prints_its_address_serves_without_debug_and_stops_on_ctrl_c(
    started: subprocess.Popen[str],
) -> None:
    address = _address(started)
    page = b""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                page = answer.read()
                policy = answer.headers["Content-Security-Policy"]
            break
        except OSError:
            time.sleep(0.1)
    assert b"Load the demo clinic" in page
    assert "unsafe" not in policy
    started.send_signal(signal.SIGINT)
    said, _ = started.communicate(timeout=20)
    assert started.returncode == 0
    assert "Stopped." in said
    assert "Traceback" not in said
