"""The reference in docs/reference/, written from the knowledge and from the program itself.

Each module of `tools.reference.pages` is one page. To add a page, add a module with

    TITLE = "Claims"                           its heading
    ABOUT = "What people say of massage."      one line for the index
    def body(knowledge: Knowledge) -> Iterable[str]: ...    its lines, below the heading

and run `python tools/build_reference.py`. The module `home_care` becomes the page `home-care.md`.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.reference import pages
from tools.reference.text import wrapped
from unknot.knowledge import Knowledge, load

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
INDEX = "README.md"
_MADE = "Written by `tools/build_reference.py` from {source}; do not edit."


@dataclass(frozen=True)
class Page:
    """One page: its file, heading, line in the index, and what writes the rest."""

    file: str
    title: str
    about: str
    source: str
    """What it is written from, such as "the knowledge"."""
    body: Callable[[Knowledge], Iterable[str]]

    def text(self, knowledge: Knowledge) -> str:
        """The whole page as Markdown."""
        made = _MADE.format(source=self.source)
        lines = [f"# {self.title}", "", made, "", *self.body(knowledge)]
        return "\n".join(lines).rstrip() + "\n"


def found() -> tuple[Page, ...]:
    """Every page, by the name of its module."""
    names = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))
    return tuple(_page(name) for name in names)


def _page(name: str) -> Page:
    module = importlib.import_module(f"{pages.__name__}.{name}")
    source = getattr(module, "SOURCE", "the knowledge")
    file = f"{name.replace('_', '-')}.md"
    return Page(file, module.TITLE, module.ABOUT, source, module.body)


def texts(knowledge: Knowledge) -> Mapping[str, str]:
    """Every page and the index, by file name."""
    written = {page.file: page.text(knowledge) for page in found()}
    return {**written, INDEX: _index()}


def _index() -> str:
    lines = ["# Reference", "", _MADE.format(source="its pages"), ""]
    for page in found():
        lines += wrapped(f"- [{page.title}]({page.file}): {page.about}", "  ")
    return "\n".join(lines) + "\n"


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of the pages that are missing, left over, or do not say what their source says."""
    due = texts(load())
    there = {path.name for path in folder.glob("*.md")}
    changed = [
        name
        for name, text in due.items()
        if name not in there or (folder / name).read_text("utf-8") != text
    ]
    return sorted([*changed, *(there - set(due))])


def write(folder: Path = FOLDER) -> None:
    """Writes every page, and takes away those that are no page any more."""
    folder.mkdir(parents=True, exist_ok=True)
    due = texts(load())
    for path in folder.glob("*.md"):
        if path.name not in due:
            path.unlink()
    for name, text in due.items():
        (folder / name).write_text(text, encoding="utf-8")
