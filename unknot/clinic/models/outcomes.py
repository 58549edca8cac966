"""What people decided after reading the outcomes page."""

from __future__ import annotations

from django.db import models

from .base import Row
from .episode import Episode
from .people import Staff


class Decision(Row):
    """The next step of an episode: proposed by a rule, decided by a person, with a reason."""

    class Kind(models.TextChoices):
        CONTINUE = "continue", "Continue"
        CHANGE = "change", "Change the technique or the dose"
        TAPER = "taper", "Taper"
        REEVALUATE = "reevaluate", "Re-evaluate"
        REFER = "refer", "Refer"
        DISCHARGE = "discharge", "Discharge"

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    proposed = models.CharField(max_length=10, choices=Kind.choices, blank=True)
    reason = models.TextField(blank=True)
    verdict = models.JSONField(default=dict, help_text="the verdict read when deciding")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta(Row.Meta):
        ordering = ["decided_at", "id"]
