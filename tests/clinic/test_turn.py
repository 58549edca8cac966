"""Writers of one process wait for each other in order."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from unknot.clinic.audit import turn


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A database outside any transaction, without touching the real one."""
    made = SimpleNamespace(vendor="sqlite", in_atomic_block=False)
    monkeypatch.setattr(turn, "connection", made)
    return made


@pytest.mark.usefixtures("free")
def test_one_writes_at_a_time_and_the_first_to_come_is_the_first_to_go() -> None:
    order: list[int] = []
    inside: list[int] = []
    most: list[int] = []
    threads = []

    def write(number: int) -> None:
        with turn.in_turn():
            inside.append(number)
            most.append(len(inside))
            order.append(number)
            inside.remove(number)

    with turn.in_turn():
        for number in range(8):
            threads.append(threading.Thread(target=write, args=[number]))
            threads[-1].start()
            while len(turn._line) < number + 2:
                threading.Event().wait(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    assert max(most) == 1
    assert not turn._line


@pytest.mark.usefixtures("free")
def test_a_write_that_fails_lets_the_next_one_in() -> None:
    with pytest.raises(ValueError, match="wrong"), turn.in_turn():
        raise ValueError("wrong")
    with turn.in_turn():
        assert len(turn._line) == 1


@pytest.mark.parametrize(("vendor", "inside"), [("postgresql", False), ("sqlite", True)])
def test_nobody_waits_inside_a_transaction_or_on_postgresql(
    free: SimpleNamespace, vendor: str, inside: bool
) -> None:
    with turn.in_turn():
        free.vendor, free.in_atomic_block = vendor, inside
        with turn.in_turn():
            assert len(turn._line) == 1


@pytest.mark.usefixtures("free")
def test_what_follows_a_commit_may_write_without_waiting_for_itself() -> None:
    with turn.in_turn():
        with turn.in_turn():
            assert len(turn._line) == 1
        assert len(turn._line) == 1
    assert not turn._line


@pytest.mark.usefixtures("free")
def test_a_turn_ended_after_the_commit_lets_the_next_one_in_and_ends_once() -> None:
    with turn.in_turn() as leave:
        assert leave is not None
        leave()
        assert not turn._line
        with turn.in_turn():
            leave()
            assert len(turn._line) == 1
    assert not turn._line
