"""What following up refuses, each with words for the person who asked.

FollowUpRefused
    LinkNotSent       a link cannot be made or sent
    AlreadyAnswered   the link was used, or today has its entry
    AlertRefused      an alert needs words to be closed, or is closed already
"""

from __future__ import annotations


class FollowUpRefused(Exception):
    """This cannot be done. The text holds no answers of the client."""


class LinkNotSent(FollowUpRefused):
    """A link cannot be made or sent."""


class AlreadyAnswered(FollowUpRefused):
    """The link was used, or today has its entry."""


class AlertRefused(FollowUpRefused):
    """An alert needs words to be closed, or is closed already."""
