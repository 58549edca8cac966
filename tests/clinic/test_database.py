"""Which database, which SQLite, which keys."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from unknot.clinic import checks
from unknot.clinic.database import (
    DatabaseUrlError,
    from_url,
    has_wal_reset_bug,
    journal_mode,
    sqlite,
)
from unknot.clinic.keys import load_or_make

POOLED = ("OPTIONS", "CONN_HEALTH_CHECKS", "CONN_MAX_AGE")


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_it_knows_which_sqlite_can_corrupt_a_wal_database(
    version: tuple[int, int, int], affected: bool
) -> None:
    assert has_wal_reset_bug(version) is affected
    assert journal_mode(version) == ("TRUNCATE" if affected else "WAL")


def test_a_faulty_sqlite_in_wal_mode_is_an_error_and_the_slow_journal_a_warning(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = sqlite(Path("x"), (3, 40, 1))
    forced = sqlite(Path("x"), (3, 53, 4))
    monkeypatch.setattr("django.conf.settings.SQLITE_VERSION", (3, 40, 1))
    for database, expected in ((safe, ["unknot.W001"]), (forced, ["unknot.E001"])):
        monkeypatch.setattr("django.conf.settings.DATABASES", {"default": database})
        assert [message.id for message in checks.sqlite_is_safe(None)] == expected


@pytest.mark.django_db
def test_the_running_database_has_the_settings_that_lose_nothing() -> None:
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'")
            assert cursor.fetchone()[0] == 1
        return
    with connection.cursor() as cursor:
        for pragma, value in (("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0)):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone()[0] == value
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_database_url_becomes_settings() -> None:
    made = from_url("postgresql://unknot:s%40fe@db.local:5433/clinic")
    assert (made["USER"], made["PASSWORD"], made["PORT"]) == ("unknot", "s@fe", "5433")
    assert from_url("postgresql:///unknot?host=/run/pg")["HOST"] == "/run/pg"
    assert made["OPTIONS"]["pool"]["max_size"] == 24


@pytest.mark.django_db(transaction=True)
def test_a_connection_is_handed_to_the_next_request_and_a_dead_one_is_not() -> None:
    """As the server sets it up; the tests' own connection has no pool."""
    if connection.vendor != "postgresql":
        return
    from django.db.backends.postgresql.base import DatabaseWrapper

    pooled = from_url(os.environ["UNKNOT_DATABASE_URL"])
    known = {**connection.settings_dict, **{key: pooled[key] for key in POOLED}}

    def asked(question: str) -> Any:
        """As a request does: a connection that is new to its thread, given back at its end."""
        here = DatabaseWrapper(known, alias="pooled")
        try:
            with here.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchone()[0]
        finally:
            here.close()

    try:
        first = asked("SELECT pg_backend_pid()")
        assert asked("SELECT pg_backend_pid()") == first
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
        assert asked("SELECT pg_backend_pid()") not in (first, None)
    finally:
        DatabaseWrapper(known, alias="pooled").close_pool()


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "nonsense"])
def test_a_wrong_database_url_says_what_is_right_and_keeps_the_password_to_itself(
    url: str,
) -> None:
    with pytest.raises(DatabaseUrlError, match="must look like") as error:
        from_url(url.replace("://", "://u:secret@"))
    assert "secret" not in str(error.value)


def test_a_key_is_made_once_and_only_its_owner_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_or_make("some_key", tmp_path / "new")
    assert len(first) == 64
    assert load_or_make("some_key", tmp_path / "new") == first
    assert stat.S_IMODE((tmp_path / "new" / "some_key.key").stat().st_mode) == 0o400
    monkeypatch.setenv("UNKNOT_SOME_KEY", "from the environment")
    assert load_or_make("some_key", tmp_path / "new") == "from the environment"


@pytest.mark.django_db
def test_a_missing_guard_of_the_trail_is_an_error_with_its_cure() -> None:
    from unknot.clinic.audit import guard

    assert checks.trail_is_guarded(None, databases=["default"]) == []
    guard.remove(connection)
    try:
        assert [m.id for m in checks.trail_is_guarded(None, databases=["default"])] == [
            "unknot.E002"
        ]
    finally:
        guard.install(connection)
