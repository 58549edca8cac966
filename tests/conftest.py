"""Shared set-up: a network that ends at this machine, and a run that says what it skipped."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests.support import shared

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser driver runs a loop in this thread

# A busy machine is no fault of the code; and CI tries the same examples every time.
hypothesis.settings.register_profile(
    "unknot",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("unknot")

_LOOPBACK = ("127.", "::1", "localhost")
_connect = socket.socket.connect


class NetworkIsBlocked(Exception):
    """A test tried to reach another machine."""


def _only_loopback(sock: socket.socket, address: Any) -> Any:
    if sock.family in (socket.AF_INET, socket.AF_INET6):
        host = str(address[0])
        if not host.startswith(_LOOPBACK):
            raise NetworkIsBlocked("tests may connect to this machine only")
    return _connect(sock, address)


@pytest.fixture(autouse=True, scope="session")
def network_ends_here() -> Iterator[None]:
    """Refuses connections to anything but the loopback addresses for the whole run."""
    socket.socket.connect = _only_loopback  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def the_trail_has_marks_of_its_own(settings: Any) -> None:
    """Each test has an empty trail; marks that another left beside the keys are none of its."""
    settings.AUDIT_ANCHORS = settings.DATA_DIR / f"audit-anchors-{uuid.uuid4().hex}"


def pytest_configure() -> None:
    """The folder of the run is there before the workers, which find it in their environment."""
    shared.folder()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says which database the run used."""
    from django.conf import settings

    engine = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    terminalreporter.write_line(f"database: {engine}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """In CI nothing may be skipped for want of a program: such a skip is a failure there."""
    report = yield
    if report.skipped and os.environ.get("UNKNOT_NO_SKIPS") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped in a run that allows no skips: {report.longrepr}"
    return report
