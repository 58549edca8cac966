"""Who may see and do what. One table (policy), one way to rows (find, listing), one decorator."""

from .actor import (
    ANONYMOUS,
    Actor,
    actor_again,
    cares_for,
    for_client,
    for_link,
    for_staff,
    for_user,
    system,
)
from .device import Sent, account_of, said_by_name, saved_draft, sent_of
from .find import Refused, find, listing, require, scope
from .request import Request
from .tokens import new_token, token_hash
from .view import view

__all__ = [
    "ANONYMOUS",
    "Actor",
    "Refused",
    "Request",
    "Sent",
    "account_of",
    "actor_again",
    "cares_for",
    "find",
    "for_client",
    "for_link",
    "for_staff",
    "for_user",
    "listing",
    "new_token",
    "require",
    "said_by_name",
    "saved_draft",
    "scope",
    "sent_of",
    "system",
    "token_hash",
    "view",
]
