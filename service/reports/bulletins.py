"""通报: 拟稿 → 审核 → 签发, one small table of steps; what was issued is kept and can be verified.

The figures are frozen when a draft is handed in, so that the one who checks and the one who signs
see the same ones; the words stay the drafter's.  Nobody checks or signs what they drafted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit import append_by
from service.auth.roles import Role
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.engine import Database
from service.db.models import BulletinRow, BulletinStep
from service.reports.figures import span_of
from service.reports.frozen import as_json, differences, from_json
from service.reports.office import Office
from service.reports.papers import words
from service.reports.papers.build import bulletin_paper, title_of
from service.reports.shapes import Bulletin, Kind, Report
from service.review.decide import StaleError
from service.store import MediaStore
from vision.seen import DeniedError, DeskcheckError, InputError, StoreError


class BulletinState(StrEnum):
    """States of a bulletin."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    ISSUED = "issued"
    DROPPED = "dropped"

    @property
    def zh(self) -> str:
        return STATE_ZH[self]


STATE_ZH: Final = {
    BulletinState.DRAFT: "拟稿",
    BulletinState.REVIEW: "待审核",
    BulletinState.APPROVED: "待签发",
    BulletinState.ISSUED: "已签发",
    BulletinState.DROPPED: "已作废",
}


class BulletinStepKind(StrEnum):
    """What a person does to a bulletin."""

    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    SIGN = "sign"
    SEND_BACK = "send_back"
    DROP = "drop"


STEP_ZH: Final = {
    BulletinStepKind.EDIT: "修改",
    BulletinStepKind.SUBMIT: "提交审核",
    BulletinStepKind.APPROVE: "审核通过",
    BulletinStepKind.SIGN: "签发",
    BulletinStepKind.SEND_BACK: "退回",
    BulletinStepKind.DROP: "作废",
}
_S, _K = BulletinState, BulletinStepKind
_WRITES: Final = frozenset({Role.INSPECTOR, Role.ADMIN})
_SIGNS: Final = frozenset({Role.LEADER})


@dataclass(frozen=True, slots=True)
class Rule:
    """One arrow: where to, who may, whether one's own draft (or check) is out of bounds."""

    to: BulletinState
    roles: frozenset[Role]
    not_own: bool = False
    reason: bool = False


STEPS: Final[dict[tuple[BulletinState, BulletinStepKind], Rule]] = {
    (_S.DRAFT, _K.EDIT): Rule(_S.DRAFT, _WRITES),
    (_S.DRAFT, _K.SUBMIT): Rule(_S.REVIEW, _WRITES),
    (_S.DRAFT, _K.DROP): Rule(_S.DROPPED, _WRITES, reason=True),
    (_S.REVIEW, _K.APPROVE): Rule(_S.APPROVED, _WRITES, not_own=True),
    (_S.REVIEW, _K.SEND_BACK): Rule(_S.DRAFT, _WRITES, reason=True),
    (_S.APPROVED, _K.SIGN): Rule(_S.ISSUED, _SIGNS, not_own=True),
    (_S.APPROVED, _K.SEND_BACK): Rule(_S.DRAFT, _SIGNS | _WRITES, reason=True),
}


class BulletinRefused(InputError):
    """The step does not exist from here, or something is missing."""

    def __init__(self, template: str, **values: str) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values))


class BulletinDenied(DeniedError):
    """Not by this role, or not by this person."""

    def __init__(self, template: str, **values: str) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values))


class StaleBulletin(StaleError):
    """Somebody else changed it in the meantime."""

    def __init__(self) -> None:
        DeskcheckError.__init__(self, "这份通报刚被他人处理过,请刷新后再操作。")
        self.details = {}


@dataclass(frozen=True, slots=True)
class Words:
    """What the drafter writes; figures are never among it."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    addressee: str = ""
    good: str = ""
    demands: str = ""

    def cut(self) -> Words:
        """Trimmed to what the columns hold."""
        return Words(
            self.title.strip()[:200],
            self.number.strip()[:64],
            self.issuer.strip()[:100],
            self.addressee.strip()[:200],
            self.good.strip()[:4000],
            self.demands.strip()[:4000],
        )


def listed(session: Session, hall_id: int, first: date, last: date) -> Sequence[BulletinRow]:
    """A hall's bulletins whose period touches this one, the newest first."""
    return session.scalars(
        select(BulletinRow)
        .where(
            BulletinRow.hall_id == hall_id,
            BulletinRow.first_day <= last,
            BulletinRow.last_day >= first,
        )
        .order_by(BulletinRow.id.desc())
    ).all()


def steps_for(row: BulletinRow, viewer: Viewer) -> tuple[BulletinStepKind, ...]:
    """What this viewer may do now."""
    state = BulletinState(row.state)
    return tuple(
        step
        for (at, step), rule in STEPS.items()
        if at is state and viewer.role in rule.roles and not (rule.not_own and _own(row, viewer))
    )


def _own(row: BulletinRow, viewer: Viewer) -> bool:
    """Whether the viewer wrote any of it, or checked it."""
    wrote = {step.user_id for step in row.steps if step.step in ("draft", _K.EDIT, _K.SUBMIT)}
    return viewer.user_id in wrote | {row.drafted_by_id, row.checked_by_id}


def draft(
    database: Database,
    office: Office,
    viewer: Viewer,
    hall_id: int,
    kind: Kind,
    day: date,
    *,
    now: datetime,
) -> int:
    """A new draft of the period that ``day`` lies in; gives its id."""
    if kind is Kind.DAY:
        raise InputError("通报按周、月、年拟稿。")
    if viewer.role not in _WRITES:
        raise BulletinDenied("您的角色不能“{step}”。", step="拟稿")
    first, last = span_of(kind, day)
    with database.write() as session:
        going = session.scalar(
            select(BulletinRow.id).where(
                BulletinRow.hall_id == hall_id,
                BulletinRow.kind == kind.value,
                BulletinRow.first_day == first,
                BulletinRow.state != BulletinState.DROPPED,
            )
        )
        if going is not None:
            raise BulletinRefused("这一时段已有通报,请在原稿上修改,或先将其作废。")
        found = office.report(session, hall_id, kind, day, as_of=now)
        row = BulletinRow(
            hall_id=hall_id, kind=kind.value, first_day=first, last_day=last,
            title=title_of(found), issuer=found.hall, addressee="各窗口单位",
            good=words.good_of(found), demands=words.DEMANDS,
            drafted_by_id=viewer.user_id, created_at=now, updated_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        _record(session, row, viewer, "draft", BulletinState.DRAFT, "", now)
        return row.id


def take(
    database: Database,
    office: Office,
    viewer: Viewer,
    bulletin_id: int,
    step: BulletinStepKind,
    *,
    row_version: int,
    now: datetime,
    text: str = "",
    given: Words | None = None,
) -> BulletinState:
    """Do one step in the viewer's name, or refuse it with nothing changed."""
    with database.write() as session:
        row = session.get_one(BulletinRow, bulletin_id, with_for_update=True)
        if row.row_version != row_version:
            raise StaleBulletin
        rule = _allowed(row, viewer, step, text)
        with session.no_autoflush:  # one step, one version
            if given is not None and step in (_K.EDIT, _K.SUBMIT):
                _write(row, given.cut())
            before = BulletinState(row.state)
            if step is _K.SUBMIT:
                _freeze(session, office, row, now)
            elif step is _K.APPROVE:
                row.checked_by_id = viewer.user_id
            elif step is _K.SEND_BACK:
                row.figures, row.as_of, row.checked_by_id = {}, None, None
            elif step is _K.SIGN:
                row.issued_by_id, row.issued_at = viewer.user_id, now
                _issue(session, office, row)
        row.state, row.updated_at = rule.to, now
        _record(session, row, viewer, step, before, text.strip()[:1000], now)
        return rule.to


def _allowed(row: BulletinRow, viewer: Viewer, step: BulletinStepKind, text: str) -> Rule:
    state = BulletinState(row.state)
    rule = STEPS.get((state, step))
    if rule is None:
        raise BulletinRefused("“{state}”的通报不能“{step}”。", state=state.zh, step=STEP_ZH[step])
    if viewer.role not in rule.roles:
        raise BulletinDenied("您的角色不能“{step}”。", step=STEP_ZH[step])
    if rule.not_own and _own(row, viewer):
        raise BulletinDenied("拟稿、审核、签发须由不同的人办理。")
    if rule.reason and not text.strip():
        raise BulletinRefused("“{step}”须写明理由。", step=STEP_ZH[step])
    return rule


def _write(row: BulletinRow, given: Words) -> None:
    if not given.title:
        raise BulletinRefused("标题不能为空。")
    row.title, row.number, row.issuer = given.title, given.number, given.issuer
    row.addressee, row.good, row.demands = given.addressee, given.good, given.demands


def _freeze(session: Session, office: Office, row: BulletinRow, now: datetime) -> None:
    if hall_day(now) <= row.last_day:
        raise BulletinRefused("这一时段还没有结束,不能提交审核。")
    found = office.report(session, row.hall_id, Kind(row.kind), row.first_day, as_of=now)
    row.figures, row.as_of = as_json(found), now


def _issue(session: Session, office: Office, row: BulletinRow) -> None:
    """Both files, without anybody's name across them: these are the originals."""
    from service.reports.papers.pdf import NoFace, to_pdf
    from service.reports.papers.word import to_docx

    found = report_of(row)
    pictures = office.pictures(session, [line.id for line in found.lines])
    words_ = replace(words_of(row), state=BulletinState.ISSUED)
    paper = bulletin_paper(found, words_, pictures, reader="", made=row.issued_at or row.updated_at)
    store = office.store
    stored = store.put(file_path(row, "docx"), to_docx(paper))
    row.docx_path, row.docx_sha256 = stored.path, stored.sha256
    try:
        stored = store.put(file_path(row, "pdf"), to_pdf(paper))
    except NoFace:
        return  # the machine has no Chinese face; the Word file is the original then
    row.pdf_path, row.pdf_sha256 = stored.path, stored.sha256


def file_path(row: BulletinRow, kind: str) -> str:
    return f"{row.hall_id}/bulletins/{row.id}-{row.row_version}.{kind}"


def _record(
    session: Session,
    row: BulletinRow,
    viewer: Viewer,
    step: str,
    before: BulletinState,
    text: str,
    now: datetime,
) -> None:
    session.add(
        BulletinStep(
            bulletin_id=row.id,
            at=now,
            user_id=viewer.user_id,
            step=str(step),
            from_state=before.value,
            to_state=str(row.state),
            text=text,
        )
    )
    append_by(
        viewer, session, at=now,
        action=f"bulletin.{step}", object_kind="bulletin", object_id=str(row.id),
        hall_id=row.hall_id, detail={"from": before.value, "to": str(row.state)},
    )  # fmt: skip


def report_of(row: BulletinRow) -> Report:
    """The frozen figures; InputError while there are none."""
    if not row.figures:
        raise BulletinRefused("拟稿尚未冻结数字。")
    return from_json(row.figures)


def words_of(row: BulletinRow) -> Bulletin:
    """The words around the figures, with who did what."""
    return Bulletin(
        number=row.number,
        title=row.title,
        issuer=row.issuer,
        addressee=row.addressee,
        good=row.good,
        demands=row.demands,
        state=str(row.state),
        drafted_by=row.drafted_by.name,
        checked_by=row.checked_by.name if row.checked_by else "",
        issued_by=row.issued_by.name if row.issued_by else "",
        issued_on=hall_day(row.issued_at) if row.issued_at else None,
    )


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of an issued bulletin found; ``faults``: files; ``changed``: figures."""

    id: int
    title: str
    faults: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.faults and not self.changed


def verify(session: Session, office: Office, row: BulletinRow) -> Verified:
    """Whether the kept files are the ones issued, and the rows still give the same figures."""
    faults = [
        fault
        for path, sha256 in ((row.docx_path, row.docx_sha256), (row.pdf_path, row.pdf_sha256))
        if path is not None and (fault := _file_fault(office.store, path, sha256))
    ]
    frozen = row.figures
    now = as_json(
        office.report(
            session,
            row.hall_id,
            Kind(row.kind),
            row.first_day,
            as_of=row.as_of or row.updated_at,
        )
    )
    return Verified(row.id, row.title, tuple(faults), tuple(differences(frozen, now)))


def _file_fault(store: MediaStore, path: str, sha256: str | None) -> str:
    try:
        store.get(path, sha256=sha256)
    except StoreError as error:
        return str(error)
    return ""
