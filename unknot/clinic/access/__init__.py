"""Who may see and do what. One table (policy), one way to rows (find, listing), one decorator."""

from .actor import ANONYMOUS, Actor, cares_for, for_client, for_link, for_staff, for_user, system
from .device import Sent, account_of, sent_of
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
    "cares_for",
    "find",
    "for_client",
    "for_link",
    "for_staff",
    "for_user",
    "listing",
    "new_token",
    "require",
    "scope",
    "sent_of",
    "system",
    "token_hash",
    "view",
]
