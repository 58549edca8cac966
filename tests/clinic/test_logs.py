"""What the server writes to its log about a request."""

from __future__ import annotations

import logging

import pytest

from unknot.clinic.logs import NoSecrets


@pytest.mark.parametrize(
    ("message", "args", "said"),
    [
        ("%s: %s", ("Not Found", "/c/abcdef234/"), "Not Found: /c/.../"),
        ("%s: %s", ("Unprocessable Entity", "/dial/abcdef234/"), "/dial/.../"),
        ("Forbidden (%s): %s", ("CSRF", "/sign-in-link/a_B-c/"), "/sign-in-link/.../"),
        ("Gone: /feeds/abcdef234.ics", (), "Gone: /feeds/..."),
        ("%s: %s", ("Not Found", "/clients/7/"), "Not Found: /clients/7/"),
    ],
)
def test_the_secret_of_a_link_is_never_logged(
    message: str, args: tuple[str, ...], said: str
) -> None:
    line = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert NoSecrets().filter(line)
    assert line.getMessage().endswith(said)
    assert "abcdef234" not in line.getMessage()
    assert "a_B-c" not in line.getMessage()


def test_the_server_s_log_is_filtered() -> None:
    from django.conf import settings

    assert all(one["filters"] == ["no_secrets"] for one in settings.LOGGING["handlers"].values())


def _failing(answer: str) -> BaseException:
    try:
        try:
            raise ValueError(f"{answer} cannot be read")
        except ValueError as error:
            raise LookupError(f"row with {answer}") from error
    except LookupError as error:
        return error


def test_an_error_is_logged_by_its_kind_and_place_and_not_by_its_words() -> None:
    """A database quotes the whole row it refuses."""
    error = _failing("Cora, pain 9")
    info = (type(error), error, error.__traceback__)
    line = logging.LogRecord("django.request", logging.ERROR, "", 0, "Failed", (), info)
    assert NoSecrets().filter(line)
    said = logging.Formatter().format(line)
    assert "Cora" not in said
    assert "pain 9" not in said
    assert said.index("builtins.ValueError") < said.index("builtins.LookupError")
    assert "in _failing" in said
