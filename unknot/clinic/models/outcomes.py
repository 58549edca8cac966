"""What people decided after reading the outcomes page, and the fits those pages read."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .base import Row
from .episode import Episode
from .people import Staff
from .practice import Practice


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


class OutcomeFit(Row):
    """What the model makes of one episode, kept so that no page waits for it.

    Derived from the entries and thrown away without loss. ``wanted`` counts the changes to what
    it reads and rises in the transaction of each; ``done`` is the count this fit has seen, so it
    is stale while ``done < wanted``. ``summary`` is the small one for pooling across people,
    ``published`` this person's part in the practice's published figures, as it went in, and
    ``borrowed`` what the others say of somebody with few visits.
    """

    episode = models.OneToOneField(Episode, on_delete=models.CASCADE, related_name="fit")
    wanted = models.PositiveIntegerField(default=1)
    done = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="a worker has it since")
    made_at = models.DateTimeField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)
    model_id = models.CharField(max_length=40, blank=True)
    prior_id = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="of everything it was fed")
    summary = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    published = models.JSONField(default=dict, blank=True)
    borrowed = models.JSONField(default=dict, blank=True)
    baseline = models.FloatField(null=True, blank=True, help_text="usual pain at the start, 0-10")
    p_worthwhile = models.FloatField(
        null=True, blank=True, help_text="chance that pain fell by what matters to most people"
    )

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["as_of"], name="fit_by_as_of")]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("wanted")), name="fit_done_of_wanted"),
            models.CheckConstraint(
                condition=Q(p_worthwhile__isnull=True)
                | Q(p_worthwhile__gte=0.0, p_worthwhile__lte=1.0),
                name="fit_p_is_a_chance",
            ),
        ]


class ProgrammeReport(Row):
    """The figures a practice's owner reads, as published; worked out anew in the background.

    They stay until enough people's data changed, as two that differ by one person would tell that
    person's. ``made_of`` counts the people behind them by group, without a key to anybody.
    """

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, related_name="programme")
    tried_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)
    population = models.JSONField(default=dict, blank=True, help_text="stage 2, for borrowing")
    made_of = models.JSONField(default=list, blank=True)
