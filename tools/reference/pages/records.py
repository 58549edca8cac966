"""How many records there are of each kind, how many are sure, and how many are pending."""

from collections.abc import Iterator

from tools.reference.text import plain, wrapped
from unknot.knowledge import Knowledge, Topic, cited, topics
from unknot.knowledge.certainty import certainty

TITLE = "Records"
ABOUT = "how many there are of each kind, how many are settled and how many are pending."

_HOW = (
    "A record is *pending* until a clinician signs it: none has been signed. It is *settled* when "
    "its confidence is high, a study stands behind it, none of its figures is kept from memory "
    "and each of its sources was read. Records that claim nothing, such as the regions of the "
    "body chart, are neither. `unknot knowledge check` prints the counts, `unknot knowledge "
    "pending` what waits, `unknot knowledge due` what is past its review date."
)


def body(knowledge: Knowledge) -> Iterator[str]:
    """One line a topic, and the sum."""
    yield from wrapped(_HOW)
    yield ""
    yield "| Topic | File | Records | Settled | Pending | First due for review |"
    yield "|---|---|---:|---:|---:|---|"
    for topic in topics():
        yield _line(topic, knowledge)
    claimed = [record for _, record in cited(knowledge)]
    settled = sum(certainty(record, knowledge.sources).settled for record in claimed)
    pending = sum(record.clinician_review == "pending" for record in claimed)
    records = sum(len(getattr(knowledge, topic.name)) for topic in topics())
    yield f"| **all** | | **{records}** | **{settled}** | **{pending}** | |"


def _line(topic: Topic, knowledge: Knowledge) -> str:
    records = getattr(knowledge, topic.name).values()
    claimed = [record for where, record in cited(knowledge) if where == topic]
    cells = [plain(topic.name), f"`{topic.file}`", str(len(records))]
    if not claimed:
        return f"| {' | '.join([*cells, '', '', ''])} |"
    settled = sum(certainty(record, knowledge.sources).settled for record in claimed)
    pending = sum(record.clinician_review == "pending" for record in claimed)
    due = min(record.review_by for record in claimed)
    return f"| {' | '.join([*cells, str(settled), str(pending), str(due)])} |"
