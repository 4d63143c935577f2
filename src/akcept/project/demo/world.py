"""What all lives of the demo share: its people, its clock, its press, and where orders are numbered."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from akcept.cases.models import Task
from akcept.engine.tasks import TaskKind
from akcept.project.demo import founding
from akcept.project.demo.founding import Company
from akcept.project.demo.printing import Press
from akcept.project.demo.staff import EUROPE, FAR_EAST, MOSCOW, STAFF
from akcept.project.demo.suppliers import Known
from akcept.project.demo.timeline import Timeline

TALK: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("talk.toml").read_text(encoding="utf-8")
)
HIRES = {hire.key: hire for hire in STAFF}
PAYERS = {MOSCOW: "clara", FAR_EAST: "zoya", EUROPE: "lukas"}


@dataclass
class World:
    """What all lives share."""

    company: Company
    timeline: Timeline
    press: Press
    known: dict[str, Known] = field(default_factory=dict)
    # Payment orders are numbered by payer.
    orders: dict[str, int] = field(default_factory=lambda: {MOSCOW: 611, FAR_EAST: 87, EUROPE: 40})
    keys: dict[UUID, str] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = {person: key for key, person in self.company.people.items()}

    def next_order(self, payer: str) -> str:
        """Return the number of the next payment order."""
        self.orders[payer] += 1
        return str(self.orders[payer])

    def holder(self, case_id: UUID, *, at: datetime) -> str | None:
        """Return who decides next: the holder, or who acts for them while they are away."""
        task = Task.objects.filter(case_id=case_id, closed_at=None, kind=TaskKind.APPROVE).first()
        if task is None:
            return None
        return founding.acting_for(self.keys[task.person_id], at=at, until=self.timeline.until)
