"""People: who signs in, who works here, who is treated, and who cares for whom."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from .base import Row, new_id
from .practice import Location, Practice


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail; allauth and Django's sign-in need this one manager."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who can sign in. What they may see depends on their staff or client row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.email


class Staff(Row):
    """A person who works in a practice, in one role."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        THERAPIST = "therapist", "Therapist"
        FRONT_DESK = "front_desk", "Front desk"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="staff_rows")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="staff")
    location = models.ForeignKey(Location, null=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    name = models.CharField(max_length=120)
    treats = models.BooleanField(default=False, help_text="sees clients, and so has a calendar")
    licence_number = models.CharField(max_length=40, blank=True)
    licence_valid_until = models.DateField(null=True, blank=True)
    skills = models.JSONField(default=list, help_text='technique ids and "prenatal", "oncology"')
    languages = models.JSONField(default=list, help_text="BCP 47 tags")
    hands_on_minutes_per_day = models.PositiveSmallIntegerField(default=360)
    active = models.BooleanField(default=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["user", "practice"], name="staff_once_per_practice")
        ]

    def __str__(self) -> str:
        return self.name


class Client(Row):
    """A person in pain, treated by a practice. May have no sign-in at all."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="clients")
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="client_rows"
    )
    name = models.CharField(max_length=120)
    called = models.CharField(max_length=60, blank=True, help_text="the name they like to hear")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    born_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    figure = models.CharField(max_length=10, default="neutral", help_text="body chart figure")
    created_at = models.DateTimeField()

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["practice", "name"], name="client_by_name")]

    def __str__(self) -> str:
        return self.name


class AddressChange(Row):
    """A client's e-mail address before and after a change. It waits until it is confirmed or
    dropped; only the hash of the link that confirms it is kept."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="address_changes")
    before = models.EmailField(blank=True)
    after = models.EmailField(blank=True)
    by_name = models.CharField(max_length=120, help_text="who typed it, as they were called then")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=models.Q(confirmed_at__isnull=True, dropped_at__isnull=True),
                name="address_one_change_waits",
            )
        ]


class CareTeam(Row):
    """A therapist who cares for a client, and therefore may read the clinical record."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="care_team")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="care_team")
    since = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["client", "staff"], name="care_team_once")]


class SignInLink(Row):
    """A one-time link that signs somebody in. Only the hash of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
