"""Findings as data: scores, changes that matter, motion in degrees, and where pain could come
from.

from unknot.reasoning import assess
assess.score("OM-PEG", {"average": 6, "enjoyment": 5, "activity": 7}).value   # 6.0
assess.change("OM-NPRS", before=6, after=3).matters                           # True
"""

from unknot.reasoning.assess import body_map, rom, scores, sources, tenderness
from unknot.reasoning.assess.scores import Change, Score, ScoreError, change, score
from unknot.reasoning.assess.sources import Check, Part, Ranked, checks
from unknot.reasoning.assess.sources import rank as rank_sources

__all__ = [
    "Change",
    "Check",
    "Part",
    "Ranked",
    "Score",
    "ScoreError",
    "body_map",
    "change",
    "checks",
    "rank_sources",
    "rom",
    "score",
    "scores",
    "sources",
    "tenderness",
]
