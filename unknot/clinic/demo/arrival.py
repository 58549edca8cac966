"""How one invented person arrives: sign-in, intake, safety screening, and a plan they agree to."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from unknot.reasoning import plan as planning
from unknot.reasoning.case import Case
from unknot.reasoning.interview import sections
from unknot.reasoning.screen import Screening

from .. import models as m
from ..access import Actor, for_staff, token_hash
from ..intake.answers import stored_answers, stored_marks
from ..intake.consent import SENSITIVE_GROUPS, TEXTS
from ..treat.areas import group_of
from . import answers, names, paths
from .house import House
from .ledger import Ledger
from .stories import AREAS, NECK, Story

INTAKE_CLOCK = time(18, 40)
PLAN_CLOCK = time(12, 30)
RENEWED_BEFORE_DAYS = 5
LETS_THE_DOCTOR_KNOW = 5  # one client in so many
SAYS_WHAT_SUITS = 3  # one client in so many
NEW_ADDRESS_EVERY = 9
COMFORTS = (
    (("quiet", "no_scent", "warm"), ""),
    (("music", "warm"), "My feet"),
    (("no_music", "cool"), ""),
    (("quiet", "help_table"), "Face and scalp"),
)
DOCTOR = "Dr Linnet Ashgrove, Elm Street Surgery"
CLEARED_WORDS = "Nerve tests of both arms done. Massage of neck and upper back may begin."


@dataclass
class Person:
    """A client with an open episode, what was decided about it, and the dice of their course.

    ``path`` changes with every visit that leaves something behind.
    """

    story: Story
    client: m.Client
    episode: m.Episode
    therapist: m.Staff
    opened: date
    actor: Actor
    path: tuple[float, ...]
    dice: random.Random
    case: Case
    screening: m.Screening
    screened: Screening
    plan: m.PlanVersion | None
    planned: planning.Plan | None

    def pain(self, day: date) -> float:
        """Pain on a day of the course; days outside take the nearest."""
        return self.path[min(len(self.path) - 1, max(0, (day - self.opened).days))]

    def treated(self, day: date) -> None:
        """Lowers the pain from that evening on by what the story says a visit leaves behind."""
        story, visit_day = self.story, max(0, (day - self.opened).days)
        self.path = paths.eased(self.path, visit_day, carry=story.carry, relief=story.relief)


class Arrival:
    """Writes the first days of people's care into the ledger."""

    def __init__(self, ledger: Ledger, house: House, today: date, password_hash: str) -> None:
        self.ledger, self.house, self.today = ledger, house, today
        self.password_hash = password_hash
        self.taken_names: set[str] = set()
        self.arrived = 0

    def arrive(self, story: Story, dice: random.Random) -> Person:
        """The person with everything up to the agreed plan, if a plan is allowed."""
        opened = self.today - timedelta(days=_days_ago(story, dice))
        at = self.house.at(opened, INTAKE_CLOCK) + timedelta(minutes=dice.randint(-90, 60))
        client = self._client(story, dice, at)
        therapist = self.house.therapists[self.arrived % len(self.house.therapists)]
        self.arrived += 1
        actor = Actor(kind="client", user=client.user, practice=self.house.practice, client=client)
        episode = self._episode(story, client, therapist, at)
        case, screened = answers.case_of(
            story, dice, age=self._age(story, client), sex=client.sex, as_of=opened
        )
        screening = self.screen(episode, actor, case, screened, at)
        self._consent(episode, actor, at + timedelta(minutes=2))
        self._likes(client, actor, at + timedelta(hours=3))
        self._moves_mail(client)
        if story.cleared_after_days:
            cleared = at + timedelta(days=story.cleared_after_days)
            case, screened = self._clear(episode, case, screened, therapist, cleared)
            screening = self.screen(episode, actor, case, screened, cleared, version=2)
        plan, planned = self._plan(case, screened, screening, therapist, actor)
        return Person(
            story=story,
            client=client,
            episode=episode,
            therapist=therapist,
            opened=opened,
            actor=actor,
            path=paths.pain_path(story, max(1, (self.today - opened).days), dice),
            dice=dice,
            case=case,
            screening=screening,
            screened=screened,
            plan=plan,
            planned=planned,
        )

    def _client(self, story: Story, dice: random.Random, at: datetime) -> m.Client:
        name = story.name or names.invent(dice, self.taken_names)
        self.taken_names.add(name)
        sex = story.sex or dice.choice(("female", "female", "male"))
        age = story.age or dice.choice((dice.randint(22, 48), dice.randint(35, 74)))
        address = names.email(name)
        user = self.ledger.add(m.User, at, email=address, name=name, password=self.password_hash)
        return self.ledger.add(
            m.Client,
            at,
            for_staff(self.house.desk),
            "client.add",
            practice=self.house.practice,
            user=user,
            name=name,
            called=name.split(maxsplit=1)[0].split("-")[0],
            email=address,
            phone=f"555-01{dice.randint(0, 99):02}",
            born_on=date(self.today.year - age - 1, dice.randint(1, 12), dice.randint(1, 28)),
            sex=sex,
            figure=sex if sex in ("female", "male") else "neutral",
            created_at=at,
        )

    def _moves_mail(self, client: m.Client) -> None:
        """One client in many has a new address, which waits for their yes."""
        at = self.house.at(self.today - timedelta(days=1), time(16, 5))
        if self.arrived % NEW_ADDRESS_EVERY:
            return
        self.ledger.add(
            m.AddressChange,
            at,
            for_staff(self.house.desk),
            "client.change",
            client=client,
            before=client.email,
            after=f"new.{client.email}",
            by_name=self.house.desk.name,
            token_hash=token_hash(str(client.pk)),
            asked_at=at,
        )

    def _likes(self, client: m.Client, actor: Actor, at: datetime) -> None:
        """Every third client says more on their page about how they like a visit."""
        turn, rest = divmod(self.arrived - 1, SAYS_WHAT_SUITS)
        if rest or at >= self.house.at(self.today, time(0)):
            return
        room, avoid = COMFORTS[turn % len(COMFORTS)]
        self.ledger.add(
            m.Preferences,
            at,
            actor,
            "preferences.set",
            client=client,
            pressure=3,
            room=list(room),
            avoid=avoid,
            said_at=at,
        )

    def _age(self, story: Story, client: m.Client) -> int:
        born = client.born_on or self.today
        return story.age or self.today.year - born.year - 1

    def _episode(
        self, story: Story, client: m.Client, therapist: m.Staff, at: datetime
    ) -> m.Episode:
        by = for_staff(self.house.desk)
        episode = self.ledger.add(
            m.Episode,
            at,
            by,
            "episode.open",
            client=client,
            therapist=therapist,
            main_area=story.area,
            complaint=story.complaint or _complaint(story),
            opened_at=at,
        )
        self.ledger.add(m.CareTeam, at, client=client, staff=therapist, since=at)
        self.ledger.note(client, at, by, "client.care", ["care_team"])
        return episode

    def screen(
        self,
        episode: m.Episode,
        actor: Actor,
        case: Case,
        result: Screening,
        at: datetime,
        version: int = 1,
    ) -> m.Screening:
        """One version of the intake, and the decision of the rules on it a minute later."""
        intake = self.ledger.add(
            m.Intake,
            at,
            actor,
            "intake.save",
            episode=episode,
            version=version,
            answers=stored_answers(case),
            marks=stored_marks(case),
            as_of=case.as_of,
            sections_done=[section.id for section in sections(case)],
            saved_at=at,
            completed_at=at,
        )
        decided = at + timedelta(minutes=1)
        return self.ledger.add(
            m.Screening,
            decided,
            actor,
            "screen.decide",
            episode=episode,
            intake=intake,
            result=result.to_dict(),
            disposition=str(result.disposition),
            urgency=str(result.urgency),
            pressure_ceiling=result.pressure_ceiling,
            blocks_booking=result.blocks_booking,
            knowledge_version=result.knowledge_version,
            decided_at=decided,
        )

    def _consent(self, episode: m.Episode, actor: Actor, at: datetime) -> None:
        """Consent to treatment and to every sensitive area worked on, renewed before it ends."""
        self._agree(episode, actor, at, m.Consent.Kind.GENERAL)
        for area in AREAS.get(episode.main_area, ()):
            if group_of(area) in SENSITIVE_GROUPS:
                self._agree(episode, actor, at, m.Consent.Kind.SENSITIVE_AREA, area)
        if self.arrived % LETS_THE_DOCTOR_KNOW == 0:
            self._agree(episode, actor, at, m.Consent.Kind.RELEASE)

    def _agree(
        self, episode: m.Episode, actor: Actor, at: datetime, kind: m.Consent.Kind, area: str = ""
    ) -> None:
        """Consents in the words of the text in force, signed by name, until today."""
        text = TEXTS[kind]
        while at.date() < self.today:
            expires = at.date() + timedelta(days=text.days)
            self.ledger.add(
                m.Consent,
                at,
                actor,
                "consent.sign",
                client=episode.client,
                episode=episode,
                kind=kind,
                area=area,
                recipient=DOCTOR if kind is m.Consent.Kind.RELEASE else "",
                text_version=text.version,
                text=text.text,
                signed_name=episode.client.name,
                signed_at=at,
                expires_on=expires,
            )
            at += timedelta(days=text.days - RENEWED_BEFORE_DAYS)

    def _clear(
        self,
        episode: m.Episode,
        case: Case,
        screened: Screening,
        therapist: m.Staff,
        at: datetime,
    ) -> tuple[Case, Screening]:
        """A clinician's word on every finding that blocked, and the case that says so."""
        day = at.astimezone(self.house.zone).date()
        blocking = [
            finding
            for finding in screened.findings
            if finding.disposition in ("medical_clearance", "total_contraindication")
        ]
        rules = tuple(dict.fromkeys(rule for one in blocking for rule in (one.rule_id, *one.also)))
        for rule in rules:
            self.ledger.add(
                m.Clearance,
                at,
                for_staff(therapist),
                "screen.clear",
                episode=episode,
                rule_id=rule,
                clinician="Dr Hawthorn Reedmere, neurologist",
                words=CLEARED_WORDS,
                cleared_on=day,
                recorded_by=therapist,
                recorded_at=at,
            )
        told = {**case.answers, "cleared_by_clinician": rules, "cleared_on": day}
        return answers.complete(Case(told, day, case.marks))

    def _plan(
        self,
        case: Case,
        screened: Screening,
        screening: m.Screening,
        therapist: m.Staff,
        actor: Actor,
    ) -> tuple[m.PlanVersion | None, planning.Plan | None]:
        """Proposed by the therapist the day after the screening, agreed by the client."""
        day = screening.decided_at.astimezone(self.house.zone).date() + timedelta(days=1)
        if screening.blocks_booking or day >= self.today:
            return None, None
        episode = screening.episode
        planned = planning.propose(
            case,
            screened,
            today=day + timedelta(days=6),
            price_cents_per_visit=self.house.practice.price_60_minutes_cents,
        )
        at = self.house.at(day, PLAN_CLOCK)
        agreed = at + timedelta(hours=5)
        plan = self.ledger.add(
            m.PlanVersion,
            at,
            for_staff(therapist),
            "plan.propose",
            episode=episode,
            screening=screening,
            number=1,
            content=planning.to_dict(planned),
            state="agreed",
            made_by=therapist,
            made_at=at,
            agreed_name=episode.client.name,
            agreed_at=agreed,
        )
        self.ledger.note(plan, agreed, actor, "plan.agree", ["agreed_at", "agreed_name", "state"])
        return plan, planned


def _days_ago(story: Story, dice: random.Random) -> int:
    """When the course opened; a week of scores and no visit is exactly a week."""
    return 7 if story.kind == "week" else 7 * story.weeks_ago + dice.randint(1, 7)


def _complaint(story: Story) -> str:
    return "Neck and upper-back pain" if story.area == NECK else "Low back pain"
