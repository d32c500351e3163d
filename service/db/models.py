"""Every table by name, in one place."""

from __future__ import annotations

from service.db.base import Base, UtcDateTime
from service.db.camera_tables import Camera, SpotDraw, SpotPlanRow, SpotResult
from service.db.cases import Appeal, Case, CasePicture, CaseStep, ChiefWindow, DutyPerson
from service.db.days import DayVerdict, FrameRow, FrameVerdictRow, Lock, Run, RunFacts
from service.db.example_tables import GoodExample
from service.db.findings import (
    DISMISS_REASONS,
    Decision,
    Finding,
    FindingDay,
    FindingFrame,
    Media,
)
from service.db.halls import Hall, LayoutVersion
from service.db.log import AuditHead, AuditRow, forbid_changes
from service.db.pause_tables import CameraPause
from service.db.people import ApiToken, LoginSession, User, UserHall
from service.db.register_tables import ExceptionRow, NoticeRow, PermittedRow
from service.db.report_tables import BulletinRow, BulletinStep, FeedbackRow, PointsRow
from service.db.retention_tables import LegalHold
from service.db.second_tables import PassLook, SecondLook

forbid_changes(Decision)
forbid_changes(CaseStep)
forbid_changes(BulletinStep)

__all__ = [
    "DISMISS_REASONS",
    "ApiToken",
    "Appeal",
    "AuditHead",
    "AuditRow",
    "Base",
    "BulletinRow",
    "BulletinStep",
    "Camera",
    "CameraPause",
    "Case",
    "CasePicture",
    "CaseStep",
    "ChiefWindow",
    "DayVerdict",
    "Decision",
    "DutyPerson",
    "ExceptionRow",
    "FeedbackRow",
    "Finding",
    "FindingDay",
    "FindingFrame",
    "FrameRow",
    "FrameVerdictRow",
    "GoodExample",
    "Hall",
    "LayoutVersion",
    "LegalHold",
    "Lock",
    "LoginSession",
    "Media",
    "NoticeRow",
    "PassLook",
    "PermittedRow",
    "PointsRow",
    "Run",
    "RunFacts",
    "SecondLook",
    "SpotDraw",
    "SpotPlanRow",
    "SpotResult",
    "User",
    "UserHall",
    "UtcDateTime",
]
