"""赋分: the points table of a hall, its versions, and what one case takes.

The standard names no figures; the shipped defaults are the rule pack's, each with its source, and
a hall edits them by saving a new version.  A case is weighed by the version in force on its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rules.pack import Pack
from service.audit import append_by
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import Hall, PointsRow
from service.reports.shapes import Unscored
from service.review.decide import StaleError
from vision.seen import DeskcheckError, InputError

Points = Annotated[float, Field(ge=0, le=100)]
DIGITS: Final = 2
SOURCE: Final = (
    "基准分100分(苍南县2019年计分办法);首席代表按窗口扣分的50%计(某县考核表);"
    "蓝黄红三色牌(天津市2023年远程视频巡查);复发加倍、逾期加扣、排名下限为系统默认,均可改"
)


class PointsTable(BaseModel):
    """What a hall may set; see ``LABELS`` for the words on its page.

    ``deduct``: clause -> points; a clause that is not named takes none.  ``repeat_factor`` times
    for a case that came back within the term; ``late_extra`` more when mended or standing after its
    last day.  ``chief_share`` of the window's points go to its chief representative.
    ``rank_least``: the share of cells that must have been judged for a unit to be ranked.
    ``blue``, ``yellow``, ``red``: points from which a unit gets that card.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    base: Annotated[float, Field(ge=1, le=1000)] = 100.0
    deduct: Mapping[Annotated[str, Field(max_length=32)], Points] = Field(default_factory=dict)
    repeat_factor: Annotated[float, Field(ge=1, le=10)] = 2.0
    late_extra: Points = 0.5
    chief_share: Annotated[float, Field(ge=0, le=1)] = 0.5
    rank_least: Annotated[float, Field(ge=0, le=1)] = 0.5
    blue: Annotated[float, Field(gt=0, le=1000)] = 1.0
    yellow: Annotated[float, Field(gt=0, le=1000)] = 3.0
    red: Annotated[float, Field(gt=0, le=1000)] = 6.0
    score_trial: bool = False
    version: int = 0
    effective_from: date = date.min
    source: str = SOURCE
    note: str = ""

    @model_validator(mode="after")
    def _rising(self) -> PointsTable:
        if not self.blue < self.yellow < self.red:
            raise ValueError("cards")
        return self

    def card(self, taken: float) -> str:
        """The card of a unit that lost so many points in the period."""
        for name, least in (("red", self.red), ("yellow", self.yellow), ("blue", self.blue)):
            if taken >= least:
                return name
        return ""


LABELS: Final[Mapping[str, str]] = {
    "base": "基准分",
    "repeat_factor": "复发倍数",
    "late_extra": "逾期加扣",
    "chief_share": "首席代表分担比例",
    "rank_least": "参与排名的最低覆盖率",
    "blue": "蓝牌起点",
    "yellow": "黄牌起点",
    "red": "红牌起点",
}


class BadPoints(InputError):
    """A field of the points table; ``field`` is its name or a clause."""

    template = "“{field}”填写有误:{mend}。"

    def __init__(self, field: str, mend: str) -> None:
        self.values = {"field": field, "mend": mend}
        super().__init__(self.template.format(**self.values))


class StalePoints(StaleError):
    """Somebody saved another version meanwhile."""

    def __init__(self) -> None:
        DeskcheckError.__init__(self, "赋分表刚被他人修改,请刷新后重新填写。")
        self.details = {}


def default_table(pack: Pack) -> PointsTable:
    """Version 0: what the rule pack says."""
    return PointsTable(
        deduct={
            row.id: row.spec.points.deduct
            for row in pack.rows
            if row.spec.points is not None and row.spec.scored
        }
    )


def sources_of(pack: Pack) -> Mapping[str, str]:
    """Where the default of each clause comes from."""
    return {row.id: row.spec.points.source for row in pack.rows if row.spec.points is not None}


@dataclass(frozen=True, slots=True)
class Tables:
    """A hall's versions, the newest first; the default stands where none is in force."""

    default: PointsTable
    saved: Sequence[PointsTable]

    def on(self, day: date) -> PointsTable:
        """The version in force on a day: of those begun by then, the one saved last."""
        return next((t for t in self.saved if t.effective_from <= day), self.default)


def tables_of(session: Session, hall_id: int, default: PointsTable) -> Tables:
    """All versions of a hall's table."""
    rows = session.scalars(
        select(PointsRow).where(PointsRow.hall_id == hall_id).order_by(PointsRow.version.desc())
    )
    return Tables(default, tuple(table_of(row) for row in rows))


def table_of(row: PointsRow) -> PointsTable:
    return PointsTable(
        **row.body, version=row.version, effective_from=row.effective_from, note=row.note
    )


def checked(values: Mapping[str, Any], clauses: Iterable[str]) -> PointsTable:
    """A table from a form; BadPoints names the first wrong field."""
    deduct = values.get("deduct", {})
    unknown = sorted(set(deduct) - set(clauses)) if isinstance(deduct, Mapping) else []
    if unknown:
        raise BadPoints(unknown[0], "标准中没有这一条款")
    try:
        return PointsTable(**values)
    except ValidationError as error:
        first = error.errors()[0]
        path = [str(part) for part in first["loc"]]
        if not path:
            raise BadPoints("蓝牌、黄牌、红牌", "起点分值须依次升高") from None
        field = path[1] if path[0] == "deduct" and len(path) > 1 else path[0]
        raise BadPoints(LABELS.get(field, field), _mend(first)) from None


def _mend(error: ErrorDetails) -> str:
    limits = error.get("ctx", {})
    for key, words in (("ge", "不得小于"), ("gt", "须大于"), ("le", "不得大于")):
        if key in limits:
            return f"{words} {limits[key]:g}"
    return "请填写数字"


def save_table(
    database: Database,
    viewer: Viewer,
    hall_id: int,
    table: PointsTable,
    *,
    base_version: int,
    effective_from: date,
    note: str,
    now: datetime,
) -> int:
    """A new version; gives its number.  Cases before its first day keep the one they had."""
    body = table.model_dump(
        mode="json", exclude={"version", "effective_from", "note"}, exclude_defaults=False
    )
    with database.write() as session:
        session.get_one(Hall, hall_id, with_for_update=True)
        newest = session.scalar(
            select(func.max(PointsRow.version)).where(PointsRow.hall_id == hall_id)
        )
        if (newest or 0) != base_version:
            raise StalePoints
        number = base_version + 1
        session.add(
            PointsRow(
                hall_id=hall_id,
                version=number,
                effective_from=effective_from,
                body=body,
                note=note.strip()[:1000],
                created_at=now,
                created_by=viewer.login,
            )
        )
        append_by(
            viewer, session, at=now, action="points.save",
            object_kind="points", object_id=str(number), hall_id=hall_id,
            detail={"effective_from": effective_from.isoformat()},
        )  # fmt: skip
    return number


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a case takes, and why nothing."""

    points: float
    unscored: Unscored | None = None


def weigh(
    table: PointsTable,
    *,
    clause: str,
    advisory: bool,
    trial: bool,
    appealed: bool,
    upheld: bool,
    recurrence: int,
    late: bool,
) -> Weighed:
    """The points of one confirmed case: deduct × factor (came back) + extra (late)."""
    if upheld:
        return Weighed(0.0, Unscored.UPHELD)
    if appealed:
        return Weighed(0.0, Unscored.APPEALED)
    if advisory:
        return Weighed(0.0, Unscored.ADVISE)
    if trial and not table.score_trial:
        return Weighed(0.0, Unscored.TRIAL)
    deduct = table.deduct.get(clause, 0.0)
    if not deduct:
        return Weighed(0.0, Unscored.NO_POINTS)
    points = deduct * (table.repeat_factor if recurrence else 1.0)
    return Weighed(round(points + (table.late_extra if late else 0.0), DIGITS))
