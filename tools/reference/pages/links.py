"""Links and messages: what each link opens, when it ends and why then."""

from collections.abc import Iterable

from tools.reference.text import wrapped
from unknot.knowledge import Knowledge

TITLE = "Links and messages"
ABOUT = "what a link in a message opens, when it ends and why; what a changed address waits for."
SOURCE = "what the program does"

LINKS = (
    (
        "Check-in (`/c/…`)",
        "one entry a day about one complaint",
        "31 days, or when a newer one is made",
        "a month of entries from one message",
    ),
    (
        "Check after a visit (`/c/…`)",
        "one answer about one visit",
        "5 days",
        "worse pain for more than 72 hours can still be told",
    ),
    (
        "Anything new? (`/before/…`)",
        "one answer before one visit",
        "the end of the visit",
        "it holds for that visit only",
    ),
    (
        "The dial (`/dial/…`)",
        "the dial of one visit",
        "4 hours, or the end of the visit",
        "longer than any visit",
    ),
    (
        "Visits and reminders (`/reminders/…`)",
        "the next visits, and what one is reminded of",
        "60 days",
        "visits are weeks apart; after it a forgotten mailbox tells nothing new",
    ),
    (
        "Stop all messages (`/reminders/…/stop/`)",
        "one button that ends every message; shows nothing",
        "never",
        "nobody has to look for a newer message to be left alone",
    ),
    (
        "Another address? (`/address/…`)",
        "a yes to a new e-mail address, from the old one",
        "7 days, or one answer",
        "a week of not reading mail",
    ),
    ("Sign in (`/sign-in-link/…`)", "one sign-in", "15 minutes, or one use", "read at once"),
)

ADDRESS = """
A message leads to questions about health without a password, so whoever types a client's e-mail
address could read them. A new address counts at once when the client signed in, a therapist of
their care team or the owner gives it. Typed by the front desk, or by a therapist who does not
care for the client, it waits and nothing goes to it; that holds for a first address of a client
on record too. The old address gets a message with a link; its yes, or that of a clinician on
the client's page, puts the new one in force. The old address is told of every change. Both
addresses are kept with who typed the new one and when, and the trail names who did what.
"""

ENDED = """
A link that has ended says so kindly, names the practice and nobody else, and what to do: open
the newest message, ask for a new one, or sign in. A link that was never made here is not found.
"""


MESSAGES = """
The owner sees every message of the last fourteen days under More, Messages: to which address,
when, and never its words. One that does not get through is tried eight times, ten minutes apart
at least, and says why: no way to send text messages is set up, the mail server did not take it,
or the address cannot be. A press tries it again. What nobody has answered in time is named
there with its client.
"""


def body(knowledge: Knowledge) -> Iterable[str]:
    """The table of links, then what holds for addresses."""
    yield "| Link | Opens | Ends after | Because |"
    yield "| --- | --- | --- | --- |"
    for row in LINKS:
        yield f"| {' | '.join(row)} |"
    parts = (
        ("A link that has ended", ENDED),
        ("A changed address", ADDRESS),
        ("Messages that went out", MESSAGES),
    )
    for title, text in parts:
        yield from ("", f"## {title}", "")
        yield from wrapped(" ".join(text.split()), "")
