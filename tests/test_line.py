"""The line that the offline tests cut and mend passes on what comes, and leaves nothing."""

from __future__ import annotations

import gc
import socket
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.support.line import Line

ASK = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"
CALLERS = 6
LINES = 20


class Says(BaseHTTPRequestHandler):
    """Answers every question with one word, on a connection that stays."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: Any) -> None:
        """Nothing: the tests read no log."""

    def handle(self) -> None:
        with suppress(OSError):  # cut
            super().handle()


@pytest.fixture
def far() -> Iterator[int]:
    """The port of a server that answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Says) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(port: int, stays: float = 0) -> bool:
    """Whether the far end answered; the caller hangs up after so many seconds."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as caller:
        caller.settimeout(1)
        caller.sendall(ASK)
        answer = b""
        while b"hello" not in answer:
            some = caller.recv(200)
            if not some:
                return False
            answer += some
        time.sleep(stays)
        return True
    return False


def test_a_line_passes_on_until_it_is_cut_and_again_when_it_is_mended(far: int) -> None:
    line = Line(far)
    told = [ask(line.port)]
    line.cut()
    told.append(ask(line.port))
    line.mend()
    told.append(ask(line.port))
    line.end()
    assert told == [True, False, True]
    assert not ask(line.port)


def test_a_line_that_ends_while_callers_come_and_go_leaves_nothing_open(
    far: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: left.append(str(told.exc_value)))
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        for number in range(LINES):
            _ended_under_callers(far, cut_first=number % 2 == 0)
        gc.collect()
    assert left == []


def _ended_under_callers(far: int, *, cut_first: bool) -> None:
    line, is_over = Line(far), threading.Event()

    def call() -> None:
        while not is_over.is_set():
            if not ask(line.port, stays=0.005):
                time.sleep(0.001)

    callers = [threading.Thread(target=call) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    time.sleep(0.02)
    if cut_first:
        line.cut()
        line.mend()
    line.end()
    is_over.set()
    for caller in callers:
        caller.join()
