"""What following up refuses, each with words for the person who asked.

FollowUpRefused
    LinkNotSent       a link cannot be made or sent
    AlreadyAnswered   the link was used, or there is no room for one more answer
    NothingToCorrect  today has no entry
    ChoiceRefused     a reminder that cannot be sent as it was chosen
    AlertRefused      an alert needs words to be closed, or is closed already
"""

from __future__ import annotations


class FollowUpRefused(Exception):
    """This cannot be done. The text holds no answers of the client."""


class LinkNotSent(FollowUpRefused):
    """A link cannot be made or sent."""


class AlreadyAnswered(FollowUpRefused):
    """The link was used, or there is no room for one more answer."""


class NothingToCorrect(FollowUpRefused):
    """Today has no entry."""


class ChoiceRefused(FollowUpRefused):
    """A reminder that cannot be sent as it was chosen."""


class AlertRefused(FollowUpRefused):
    """An alert needs words to be closed, or is closed already."""
