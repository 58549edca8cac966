"""What may stand in a log: never the secret of a link."""

from __future__ import annotations

import logging
import re
from typing import Any, Final

SECRET: Final = re.compile(
    r"/(c|before|reminders|dial|feeds|sign-in-link|accounts/password/reset/key)/[^/\s]+"
)


class NoSecrets(logging.Filter):
    """Takes the tokens of secret links out of the addresses a line names."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _clean(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_clean(value) for value in record.args)
        return True


def _clean(value: Any) -> Any:
    return SECRET.sub(r"/\1/...", value) if isinstance(value, str) else value
