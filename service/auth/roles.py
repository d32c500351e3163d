"""Roles and what each may do: one table, read by the routes, the docs and the tests."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a user is in the hall; one role a user, scope by hall beside it."""

    ADMIN = "admin"
    INSPECTOR = "inspector"
    CHIEF = "chief"
    LEADER = "leader"
    AUDITOR = "auditor"
    SECURITY = "security"

    @property
    def zh(self) -> str:
        return ROLE_ZH[self]


ROLE_ZH: Final[Mapping[Role, str]] = {
    Role.ADMIN: "系统管理员",
    Role.INSPECTOR: "巡检员",
    Role.CHIEF: "首席代表",
    Role.LEADER: "分管领导",
    Role.AUDITOR: "审计员",
    Role.SECURITY: "安全管理员",
}


class Permission(StrEnum):
    """One thing that a route asks for."""

    ACCOUNT = "account"
    """Use one's own account: start page shell, password, log-out."""
    OVERVIEW = "overview"
    """See runs, coverage and counts, without pictures."""
    FINDINGS_READ = "findings.read"
    """See findings and their (masked) pictures."""
    FINDINGS_DECIDE = "findings.decide"
    """Confirm, dismiss, take back, add by hand."""
    HALLS_MANAGE = "halls.manage"
    """Set up halls: layouts, reference pictures, duty roster."""
    USERS_MANAGE = "users.manage"
    """Add, change and switch off users."""
    CASES_READ = "cases.read"
    """See the ledger and its pictures; a chief representative only their own windows."""
    CASES_WORK = "cases.work"
    """Take a case's steps; which of them a role may take is the state machine's word."""
    CASES_ENTER = "cases.enter"
    """Enter what a 日巡查 or 集中检查 found."""
    REPORTS_READ = "reports.read"
    """See and take away the day's, week's, month's and year's figures of whole halls."""
    BULLETINS_WORK = "bulletins.work"
    """Draft, check, sign; which of them a role may is the bulletin's own table's word."""
    POINTS_MANAGE = "points.manage"
    """Save a new version of a hall's points table."""
    FEEDBACK_GIVE = "feedback.give"
    """Say something of a clause, and see what became of it."""
    FEEDBACK_ANSWER = "feedback.answer"
    """Answer what was said of the clauses."""
    AUDIT_READ = "audit.read"
    """Read the log of looks and changes."""


_EVERYBODY: Final = frozenset(Role)
_APART: Final = frozenset({Role.AUDITOR, Role.SECURITY})
"""Who keeps the system and looks at no hall."""

GRANTS: Final[Mapping[Permission, frozenset[Role]]] = {
    Permission.ACCOUNT: _EVERYBODY,
    Permission.OVERVIEW: _EVERYBODY - _APART,
    Permission.FINDINGS_READ: frozenset({Role.ADMIN, Role.INSPECTOR, Role.LEADER}),
    Permission.FINDINGS_DECIDE: frozenset({Role.ADMIN, Role.INSPECTOR}),
    Permission.HALLS_MANAGE: frozenset({Role.ADMIN}),
    Permission.USERS_MANAGE: frozenset({Role.ADMIN, Role.SECURITY}),
    Permission.CASES_READ: _EVERYBODY - _APART,
    Permission.CASES_WORK: frozenset({Role.INSPECTOR, Role.CHIEF}),
    Permission.CASES_ENTER: frozenset({Role.INSPECTOR}),
    Permission.REPORTS_READ: frozenset({Role.ADMIN, Role.INSPECTOR, Role.LEADER}),
    Permission.BULLETINS_WORK: frozenset({Role.ADMIN, Role.INSPECTOR, Role.LEADER}),
    Permission.POINTS_MANAGE: frozenset({Role.ADMIN}),
    Permission.FEEDBACK_GIVE: _EVERYBODY - _APART,
    Permission.FEEDBACK_ANSWER: frozenset({Role.ADMIN}),
    Permission.AUDIT_READ: frozenset({Role.ADMIN, Role.AUDITOR}),
}


GIVEN_UP: Final = frozenset({Permission.USERS_MANAGE, Permission.AUDIT_READ})
"""What a system administrator gives up where the three are apart (三员分立): users belong to the
security administrator, the log to the auditor; one user has one role, so nobody holds two."""


def scopes_of(role: Role, *, separate: bool) -> frozenset[Permission] | None:
    """What a role is narrowed to by the installation; None: to nothing but its grants."""
    if separate and role is Role.ADMIN:
        return frozenset(Permission) - GIVEN_UP
    return None


def may(role: Role, permission: Permission) -> bool:
    """Whether this role holds this permission; what is not granted is denied."""
    return role in GRANTS.get(permission, frozenset())
