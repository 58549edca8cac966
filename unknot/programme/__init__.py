"""The programme's figures from tables of any size: written once, run on the engine at hand.

A layer of its own between ``clinic`` and ``reasoning``: the counting is done by a dataframe engine
(DuckDB inside this process, or a cluster that is there already), the judgement by
``reasoning.outcomes.programme``. Needs the extra: ``pip install "unknot[programme]"``.
"""

from .missing import ProgrammeMissing, is_installed
from .tables import Course, Person, Session

__all__ = ["Course", "Person", "ProgrammeMissing", "Session", "is_installed"]
