"""What may stand in a log: never the secret of a link, nor what an error says of somebody."""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any, Final

SECRET: Final = re.compile(
    r"/(c|before|reminders|dial|feeds|sign-in-link|accounts/password/reset/key)/[^/\s]+"
)


class NoSecrets(logging.Filter):
    """Takes the tokens of secret links out of the addresses a line names, and of an error all but
    its kind and where it happened: a database quotes the row it refused, a parser the answer."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _clean(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_clean(value) for value in record.args)
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = trace_of(record.exc_info[1])
        return True


def _clean(value: Any) -> Any:
    return SECRET.sub(r"/\1/...", value) if isinstance(value, str) else value


def trace_of(error: BaseException) -> str:
    """The error's kind and the lines it came through, those that led to it first; never its
    words, which may hold a name or an answer."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = traceback.format_tb(error.__traceback__)
    here = f"{''.join(lines)}{type(error).__module__}.{type(error).__qualname__}"
    return f"{trace_of(before)}\n\n{here}" if before else here
