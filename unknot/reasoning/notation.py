"""Faults of the notation of a case, TOML or JSON: what to do about them."""

import json
import tomllib
from typing import Final

_TOML_CURES: Final = {
    "Cannot overwrite": "A key stands here twice: keep one of them",
    "Expected '=' after": "Write key = value",
    "Invalid value": "Put text in quotes; true, false, numbers and dates stand without",
    "Unclosed": "Close the bracket",
    "Unterminated": "Close the quotes",
    "Expected newline or end": "Begin a new line, or put text in quotes",
    "Invalid statement": "Write key = value",
}
_JSON_CURES: Final = {
    "Expecting property name": "Put the key in double quotes",
    "Expecting ',' delimiter": "Put a comma between two entries",
    "Expecting ':' delimiter": "Put a colon behind the key",
    "Expecting value": "Write a value: text in double quotes, a number, true, false or a list",
    "Unterminated string": "Close the quotes",
    "Extra data": "End after the last closing brace",
}


def cure(error: tomllib.TOMLDecodeError | json.JSONDecodeError) -> str:
    """What to do about it, by how the parser begins to tell of it."""
    cures = _JSON_CURES if isinstance(error, json.JSONDecodeError) else _TOML_CURES
    return next(
        (cure for begin, cure in cures.items() if str(error).startswith(begin)), "Correct it"
    )


def is_json_list(text: str) -> bool:
    """Whether the text is a whole JSON list."""
    try:
        return isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        return False
