"""The visit: what was done, and what the client's dial said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .base import Row
from .book import Appointment
from .people import Staff
from .practice import Room
from .screening import Screening


class Visit(Row):
    """The treatment of one appointment."""

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="visit")
    screening = models.ForeignKey(
        Screening, null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    opened_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    pain_before = models.PositiveSmallIntegerField(null=True, blank=True)
    pain_after = models.PositiveSmallIntegerField(null=True, blank=True)
    wish_today = models.CharField(max_length=300, blank=True)
    new_since = models.JSONField(null=True, help_text="what is new; null: not asked")
    news_from = models.CharField(
        max_length=7, blank=True, help_text="client or staff: who answered"
    )
    news_name = models.CharField(
        max_length=120, blank=True, help_text="their name, as it was then"
    )
    news_at = models.DateTimeField(null=True, blank=True)
    room_words = models.TextField(
        blank=True, help_text="the therapist's quick words, for the note"
    )
    undo = models.JSONField(default=list, help_text="the session before each of the last taps")
    area_in_work = models.CharField(max_length=40, blank=True)
    technique_in_work = models.CharField(max_length=40, blank=True)
    pressure_in_work = models.PositiveSmallIntegerField(null=True, blank=True)
    response_in_work = models.CharField(max_length=40, blank=True)
    work_since = models.DateTimeField(null=True, blank=True)
    planned_in_work = models.ForeignKey(
        "clinic.PlannedWork", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(area_in_work="", work_since__isnull=True)
                | (
                    ~Q(area_in_work="")
                    & ~Q(technique_in_work="")
                    & Q(
                        work_since__isnull=False,
                        pressure_in_work__gte=1,
                        pressure_in_work__lte=5,
                    )
                ),
                name="visit_work_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(pain_before__isnull=True) | Q(pain_before__lte=10),
                name="visit_pain_before_0_10",
            ),
            models.CheckConstraint(
                condition=Q(pain_after__isnull=True) | Q(pain_after__lte=10),
                name="visit_pain_after_0_10",
            ),
        ]


class PlannedWork(Row):
    """One area meant for today, with its minutes. Nothing is done until an entry says so."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="planned")
    place = models.PositiveSmallIntegerField(help_text="order of the list, from 1")
    area = models.CharField(max_length=40)
    technique = models.CharField(max_length=40)
    pressure = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    class Meta(Row.Meta):
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pressure__gte=1, pressure__lte=5), name="planned_pressure_1_5"
            )
        ]


class TreatmentEntry(Row):
    """One area treated: with what, how firm, for how long, and how it was received."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="entries")
    area = models.CharField(max_length=40)
    technique = models.CharField(max_length=40)
    pressure = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    response = models.CharField(max_length=40, blank=True)
    planned = models.ForeignKey(
        PlannedWork, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries"
    )
    recorded_at = models.DateTimeField()
    received_at = models.DateTimeField(
        null=True, blank=True, help_text="when a device sent it that had kept it for a while"
    )

    class Meta(Row.Meta):
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pressure__gte=1, pressure__lte=5), name="entry_pressure_1_5"
            )
        ]


class AskLink(Row):
    """A link to say on one's own phone, before a visit, whether anything is new.

    Only the hash of its token is kept. It takes one answer; `news` are the changes in words.
    """

    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="ask_links"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    screening = models.ForeignKey(
        Screening, null=True, blank=True, on_delete=models.PROTECT, related_name="ask_links"
    )
    wish = models.CharField(max_length=300, blank=True)
    news = models.JSONField(null=True, help_text="what is new, in words; null: not answered")

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, news__isnull=True)
                | Q(answered_at__isnull=False, news__isnull=False, screening__isnull=False),
                name="ask_link_answer_is_whole",
            )
        ]


class DialLink(Row):
    """The address of the client's dial for one visit, and a short code that leads to it.

    Only hashes are kept; that of the code is keyed, for a short code could be tried out.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="dial_links")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)


class Bedside(Row):
    """A tablet that stays in a room: it shows the dial of whoever is in session there.

    A short code, made by the staff, pairs it once; from then on it is known by a token of its own.
    Only hashes are kept.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="bedsides")
    code_hash = models.CharField(max_length=64, unique=True)
    code_until = models.DateTimeField()
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    paired_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="roughly when it last asked")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash="", paired_at__isnull=True, expires_at__isnull=True)
                | (~Q(token_hash="") & Q(paired_at__isnull=False, expires_at__isnull=False)),
                name="bedside_pairing_is_whole",
            )
        ]


class DialGuess(Row):
    """A code that led to no dial, kept for an hour so that codes cannot be tried out."""

    source = models.CharField(max_length=64, help_text="keyed hash of where it came from")
    at = models.DateTimeField(db_index=True)


class DialEvent(models.Model):
    """One line of the dial's log, which is only ever added to. ``seq`` gives the order.

    A touch of the client is a word or a number. ``back`` says that the client took a touch back,
    ``seen`` that somebody on the staff saw an alert; both name the touch they are ``about``.
    """

    class Kind(models.TextChoices):
        LESS = "less", "Less"
        RIGHT = "right", "Just right"
        MORE = "more", "More"
        STOP = "stop", "Stop"
        PAIN = "pain", "Pain 0-10"
        BACK = "back", "Taken back"
        SEEN = "seen", "Seen"

    seq = models.BigAutoField(primary_key=True)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="dial_events")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    area = models.CharField(max_length=40, blank=True)
    pressure = models.PositiveSmallIntegerField(null=True, blank=True, help_text="in work then")
    pain_cap = models.PositiveSmallIntegerField(help_text="the limit in force at that moment")
    pressure_ceiling = models.PositiveSmallIntegerField(
        default=5, help_text="the most pressure allowed there at that moment"
    )
    at = models.DateTimeField()
    received_at = models.DateTimeField(
        null=True, blank=True, help_text="when a device sent it that had kept it for a while"
    )
    about = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="remarks"
    )
    seen_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        constraints = [
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__lte=10), name="dial_pain_0_10"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("back", "seen"), about__isnull=False, pain__isnull=True)
                | (~Q(kind__in=("back", "seen")) & Q(about__isnull=True)),
                name="dial_remark_is_about_a_touch",
            ),
            models.CheckConstraint(
                condition=Q(kind="seen", seen_by__isnull=False)
                | (~Q(kind="seen") & Q(seen_by__isnull=True)),
                name="dial_seen_by_somebody",
            ),
            models.UniqueConstraint(fields=["about", "kind"], name="dial_one_remark_of_a_kind"),
        ]
