"""What reports are made of: figures computed from rows, ready to be drawn, frozen or compared.

All are plain values; ``service.reports.frozen`` writes them as JSON and reads them again.  Points
are points of the hall's table (base 100); shares are 0..1; days are the hall's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """The periods that are reported: 日巡查、周汇总、月通报、年考核."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Unscored(StrEnum):
    """Why a case takes no points."""

    TRIAL = "trial"
    """The hall was in 试行 by the layout that judged it."""
    ADVISE = "advise"
    """尽量/提倡 only remind."""
    APPEALED = "appealed"
    UPHELD = "upheld"
    NO_POINTS = "no_points"
    """The points table names no figure for the clause."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Desk × clause × window cells; ``missing``: no frame at all; ``unjudged``: frames, no answer.

    What is missing or unjudged is never counted as clean.
    """

    passed: int = 0
    suspect: int = 0
    unjudged: int = 0
    missing: int = 0

    @property
    def expected(self) -> int:
        return self.passed + self.suspect + self.unjudged + self.missing

    @property
    def judged(self) -> int:
        return self.passed + self.suspect

    @property
    def share(self) -> float:
        """Share that could be judged; nothing expected is nothing covered."""
        return self.judged / self.expected if self.expected else 0.0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.passed + other.passed,
            self.suspect + other.suspect,
            self.unjudged + other.unjudged,
            self.missing + other.missing,
        )


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as it stood at the report's moment; ``points`` is what it takes (0: see
    ``unscored``), ``window`` empty for the hall's own ground, ``late``: mended or standing after
    its last day.
    """

    id: int
    number: str
    day: date
    channel: str
    window: str
    desk: str
    unit: str
    clause: str
    clause_text: str
    problem: str
    state: str
    responsible: str = ""
    person_id: int | None = None
    person: str = ""
    chief: str = ""
    due_day: date | None = None
    closed_day: date | None = None
    checker: str = ""
    measure: str = ""
    late: bool = False
    recurrence: int = 0
    points: float = 0.0
    unscored: Unscored | None = None

    @property
    def who(self) -> str:
        """The window unit that answers, or the hall's own ground."""
        return self.unit or self.window or "公共区域"

    @property
    def closed(self) -> bool:
        return self.closed_day is not None


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """How often a clause was broken, and by whom: (unit, times), the most first."""

    clause: str
    text: str
    cases: int
    closed: int
    late: int
    units: tuple[tuple[str, int], ...]
    case_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A window unit's line in the score book.

    ``per_thousand``: points taken per thousand cells that could be judged, None where none was.
    ``rank`` is by that, from 1, ties share a place; None where too little was seen
    (``coverage.share`` below the table's least).  ``card``: "", blue, yellow or red.
    """

    unit: str
    windows: tuple[str, ...]
    cases: int
    closed: int
    late: int
    repeats: int
    taken: float
    score: float
    coverage: Coverage
    per_thousand: float | None
    rank: int | None
    card: str
    case_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PersonScore:
    """A person's line: only whom an inspector named, or a chief by their share of the window's.

    Who has no line was not named in any case; that says nothing of what was not seen.
    """

    name: str
    unit: str
    role: str
    cases: int
    taken: float
    score: float
    case_ids: tuple[int, ...]
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class CameraGap:
    """A camera that sent nothing usable on so many of the days that were checked."""

    camera: str
    days: int


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One unit's month in the year's sheet; ``coverage`` None where the month was not checked."""

    month: int
    cases: int
    taken: float
    coverage: float | None


@dataclass(frozen=True, slots=True)
class YearLine:
    """One unit's year: its months, what they took together, the mean of the months' scores."""

    unit: str
    months: tuple[MonthLine, ...]
    cases: int
    taken: float
    mean_score: float | None
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flags:
    """What the night flagged in the period, and what people made of it."""

    found: int = 0
    confirmed: int = 0
    dismissed: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A hall's period: what was looked at, what was found, what became of it, what it takes."""

    kind: Kind
    hall_id: int
    hall: str
    first: date
    last: date
    as_of: datetime
    days_checked: int
    workdays: int | None
    """Working days of the period up to ``as_of``; None where the calendar knows not all."""
    workdays_unchecked: tuple[date, ...]
    frames: int
    frames_usable: int
    coverage: Coverage
    gaps: tuple[CameraGap, ...]
    flags: Flags
    lines: tuple[CaseLine, ...]
    clauses: tuple[ClauseCount, ...]
    units: tuple[UnitScore, ...]
    persons: tuple[PersonScore, ...]
    points_version: int
    points_source: str
    trial_days: int
    years: tuple[YearLine, ...] = ()

    @property
    def standing(self) -> tuple[CaseLine, ...]:
        """Problems that stand: an appeal that was upheld is none."""
        return tuple(line for line in self.lines if line.unscored is not Unscored.UPHELD)

    @property
    def closed(self) -> int:
        return sum(line.closed for line in self.standing)

    @property
    def late(self) -> int:
        return sum(line.late for line in self.standing)

    @property
    def repeats(self) -> int:
        return sum(line.recurrence > 0 for line in self.standing)

    @property
    def rate(self) -> float | None:
        """整改率: closed of those found; None where nothing was found."""
        return self.closed / len(self.standing) if self.standing else None


@dataclass(frozen=True, slots=True)
class DayCell:
    """One clause in one window of the day over all desks.

    ``found``: desks with a problem that a person confirmed; ``waiting``: flagged, not yet decided.
    ``said``: found, waiting, clean, partly_clean, unjudged, missing, manual.
    """

    clause: str
    text: str
    window: str
    coverage: Coverage
    frames: int
    found: tuple[str, ...]
    waiting: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One desk of the day's matrix: a mark for each of the sheet's ``columns``."""

    desk: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DaySheet:
    """日巡查记录表: every clause, judged or for a person; what was not seen is never clean."""

    hall_id: int
    hall: str
    day: date
    status: str
    """"" where the hall was not checked that day."""
    notice: str
    finished_at: datetime | None
    frames: int
    frames_usable: int
    cameras_missing: tuple[str, ...]
    coverage: Coverage
    cells: tuple[DayCell, ...]
    columns: tuple[tuple[str, str], ...]
    """(window, clause) of the matrix, in order."""
    desks: tuple[DeskRow, ...]
    lines: tuple[CaseLine, ...]
    decided_by: tuple[str, ...]
    """Inspectors who decided the day's findings."""
    versions: str = ""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The words around a report's figures; all figures are computed."""

    number: str
    title: str
    issuer: str
    addressee: str
    good: str
    demands: str
    state: str = "draft"
    drafted_by: str = ""
    checked_by: str = ""
    issued_by: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """整改通知单 to one unit: its cases, the colour of the card ("" where none), who sends it."""

    number: str
    hall: str
    unit: str
    windows: tuple[str, ...]
    chief: str
    card: str
    lines: tuple[CaseLine, ...]
    issuer: str
    on: date
    demands: str
