"""Writes with a trail: actions, the keyed chain, and writes that happen once."""

from .act import ACTIONS, ActionNotAudited, action, record
from .chain import append, canonical, seal, verify
from .once import forget, once

__all__ = [
    "ACTIONS",
    "ActionNotAudited",
    "action",
    "append",
    "canonical",
    "forget",
    "once",
    "record",
    "seal",
    "verify",
]
