"""Findings as data: scores, changes that matter, motion in degrees, and where pain could come
from.

from unknot.reasoning import assess
assess.score("OM-PEG", {"average": 6, "enjoyment": 5, "activity": 7}).value   # 6.0
assess.change("OM-NPRS", before=6, after=3).matters                           # True
"""

from unknot.reasoning.assess import rom, scores, sources
from unknot.reasoning.assess.scores import Change, Score, ScoreError, change, score
from unknot.reasoning.assess.sources import Ranked
from unknot.reasoning.assess.sources import rank as rank_sources

__all__ = [
    "Change",
    "Ranked",
    "Score",
    "ScoreError",
    "change",
    "rank_sources",
    "rom",
    "score",
    "scores",
    "sources",
]
