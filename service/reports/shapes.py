"""The figures of a report, as plain frozen values: what computing gives and documents take.

Everything a document prints stands here; a renderer asks no database.  Every figure can be computed
again from rows: ``service.reports.figures`` gives the same values for the same rows, and an issued
bulletin keeps them as JSON beside its file.  Times are aware; days are the hall's own calendar days
(Asia/Shanghai).  Points are deductions, positive numbers; a score is 100 less them, never below 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Verdict = Literal["pass", "suspect", "unjudged", "manual"]
PeriodKind = Literal["day", "week", "month", "year"]
Card = Literal["blue", "yellow", "red"]
"""蓝牌 reminder, 黄牌 rectify in time, 红牌 named bulletin."""


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def label(self) -> str:
        """As it stands in a title: 2026年11月, 2026年第47周, 2026年度, 2026年11月23日."""
        day = self.first
        match self.kind:
            case "day":
                return f"{day.year}年{day.month}月{day.day}日"
            case "week":
                year, week, _ = day.isocalendar()
                return f"{year}年第{week}周"
            case "month":
                return f"{day.year}年{day.month}月"
            case "year":
                return f"{day.year}年度"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at: desk × clause cells that got a verdict, of all; never "clean" by silence.

    ``judged`` + ``unjudged`` = all cells that a camera should have judged.  ``nights`` runs that
    ended, ``nights_due`` working days of the period.  ``cameras_missing``: camera -> nights that it
    sent nothing usable.
    """

    judged: int
    unjudged: int
    frames: int
    nights: int
    nights_due: int
    cameras_missing: tuple[tuple[str, int], ...] = ()
    unjudged_reasons: tuple[tuple[str, int], ...] = ()

    @property
    def share(self) -> float | None:
        """0..1; None where nothing was due."""
        total = self.judged + self.unjudged
        return self.judged / total if total else None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as the ledger, a bulletin and a score sheet print it.

    ``channel`` camera | manual | patrol | joint; ``state`` a ``service.ledger.states.State`` value;
    ``points`` what it costs now (0 where it doesn't score, with the reason in ``unscored``:
    "trial", "rejected", "appeal", "reminder", "open_appeal", else "").  ``before``/``after``: case
    picture ids, masked, or None.
    """

    id: int
    number: str
    day: date
    channel: str
    hall: str
    desk: str
    desk_name: str
    window: str
    unit: str
    clause: str
    clause_text: str
    modality: str
    description: str
    state: str
    overdue: bool
    recurrence: int
    responsible: str
    chief: str
    person: str
    due_day: date | None
    measure: str
    checker: str
    closed_at: datetime | None
    points: float
    unscored: str = ""
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How often: ``key`` a window, unit or clause id, ``name`` what people call it."""

    key: str
    name: str
    found: int
    closed: int
    overdue: int
    points: float
    case_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """One row of a score book: a window's unit, or a person.

    ``deducted`` the sum of the entries' points; ``checked`` desk × clause cells that were judged in
    the period; ``per_thousand`` cases per thousand checked cells, what the ranking goes by, None
    where too little was checked to rank (``rank`` is None then, never first).
    """

    key: str
    name: str
    unit: str
    base: float
    deducted: float
    score: float
    cases: int
    checked: int
    coverage: float | None
    per_thousand: float | None
    rank: int | None
    case_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DaySheetRow:
    """One desk × clause of a day: 日巡查记录.  ``verdict`` "manual" is 人工; ``frames`` used."""

    desk: str
    desk_name: str
    window: str
    clause: str
    clause_text: str
    verdict: Verdict
    capture_window: str
    frames: int
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A hall's day: every clause × desk.  ``first_line`` names missing cameras, where some are."""

    hall: str
    day: date
    coverage: Coverage
    first_line: str
    rows: tuple[DaySheetRow, ...]
    cases: tuple[CaseLine, ...]
    inspectors: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A week, month or year of one hall, or of a county with its towns.

    ``good``: windows without a case, enough checked, best covered first.  ``months``: twelve
    (label, found, closed, mean score) of a year, else empty.  ``trial``: 试行, nothing scored.
    """

    period: Period
    hall: str
    hall_code: str
    issuer: str
    trial: bool
    coverage: Coverage
    windows_checked: int
    found: int
    closed: int
    overdue: int
    appealed: int
    recurred: int
    by_clause: tuple[Count, ...]
    by_window: tuple[Count, ...]
    by_unit: tuple[Count, ...]
    cases: tuple[CaseLine, ...]
    open_cases: tuple[CaseLine, ...]
    units: tuple[Score, ...]
    persons: tuple[Score, ...]
    good: tuple[Score, ...]
    points_version: str
    made_at: datetime
    months: tuple[tuple[str, int, int, float | None], ...] = ()

    @property
    def closed_share(self) -> float | None:
        """整改率, 0..1; None where nothing was found."""
        return self.closed / self.found if self.found else None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What a person wrote around a report's figures; text fields are plain paragraphs.

    ``document_number`` 发文字号, ``addressed`` 主送, ``issued_on`` None while a draft.
    """

    title: str
    document_number: str
    addressed: str
    praise: str
    demands: str
    issuer: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class Notice:
    """整改通知单 of one window: its cases and the deadline.  ``card`` as the points table says."""

    number: str
    card: Card
    hall: str
    window: str
    unit: str
    responsible: str
    chief: str
    cases: tuple[CaseLine, ...]
    due_day: date
    issued_on: date
    inspector: str
