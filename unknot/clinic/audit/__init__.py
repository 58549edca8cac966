"""Writes with a trail: actions, the keyed chain, and writes that happen once."""

from .act import ACTIONS, ActionNotAudited, action, record
from .chain import append, canonical, seal, verify
from .once import once

__all__ = [
    "ACTIONS",
    "ActionNotAudited",
    "action",
    "append",
    "canonical",
    "once",
    "record",
    "seal",
    "verify",
]
