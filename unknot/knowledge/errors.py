"""What can be wrong with the knowledge files.

    KnowledgeError    a file, record or key that cannot be used as it stands

There is one error, because there is one cure: edit the file. It names the file, the record, the
key, what is wrong and what to write instead.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where in the knowledge one is reading; parts not yet known are empty."""

    file: str
    record: str = ""
    key: str = ""

    def under(self, key: str | int) -> "Place":
        """The place of a key (or of the n-th item of a list) inside this one."""
        if isinstance(key, int):
            return Place(self.file, self.record, f"{self.key}[{key + 1}]")
        return Place(self.file, self.record, f"{self.key}.{key}" if self.key else key)

    def __str__(self) -> str:
        parts = [self.file]
        if self.record:
            parts.append(f"record {self.record}")
        if self.key:
            parts.append(f"key {self.key}")
        return ", ".join(parts)


class KnowledgeError(Exception):
    """A knowledge file that cannot be used: says where, what is wrong and the cure."""

    def __init__(self, place: Place, what: str, cure: str) -> None:
        self.place = place
        self.what = what
        self.cure = cure
        super().__init__(f"{place}: {what}. {cure}.")
