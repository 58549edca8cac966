"""What a clinic may say of its people as groups: ``report(strata)``, small groups left out."""

from .funnel import Funnel, Limit, funnel
from .hide import SMALLEST, Cube, cube, shown
from .report import Figures, Report, Row, Table, report
from .strata import DIMENSIONS, Stratum

__all__ = [
    "DIMENSIONS",
    "SMALLEST",
    "Cube",
    "Figures",
    "Funnel",
    "Limit",
    "Report",
    "Row",
    "Stratum",
    "Table",
    "cube",
    "funnel",
    "report",
    "shown",
]
