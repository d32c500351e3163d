"""Deny by default: a route says who may call it, or the application refuses to start.

A route declares itself with one dependency, ``Needs(permission, scope)`` (or a subclass that also
loads the object asked for).  ``declared`` finds it in the route, ``refuse_undeclared`` walks all
routes at start, and ``deny_undeclared`` stands in front of each call for routes added later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from service.auth.roles import Permission, Role, may
from vision.seen import DeniedError


class Scope(StrEnum):
    """How a route keeps to the caller's halls."""

    PUBLIC = "public"
    """No log-in: nothing of any hall is behind it."""
    MACHINE = "machine"
    """No log-in, but the metrics token, or (where none is set) a caller on this machine."""
    OWN = "own"
    """Only the caller's own account and verdicts."""
    LIST = "list"
    """A list: rows of other halls are left out."""
    OBJECT = "object"
    """One object: of another hall it is not there (404)."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a route asks for; ``permission`` None means no log-in at all."""

    permission: Permission | None
    scope: Scope

    def allows(self, role: Role) -> bool:
        return self.permission is None or may(role, self.permission)


class Declares:
    """Marks a dependency that declares a route's access; see ``service.web.deps``."""

    access: Access


class Public(Declares):
    """Declares a route that anybody may call: log-in page, health."""

    access = Access(None, Scope.PUBLIC)

    def __call__(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class RouteAccess:
    """One row of the access table."""

    method: str
    path: str
    access: Access


def declared(dependant: Dependant) -> Access | None:
    """The access that a route's dependencies declare; two that differ are an error."""
    found = set(_declarations(dependant))
    if len(found) > 1:
        raise RuntimeError(f"{dependant.path}: declares more than one access: {found}")
    return found.pop() if found else None


def _declarations(dependant: Dependant) -> Iterator[Access]:
    call: object = dependant.call
    if isinstance(call, Declares):
        yield call.access
    for child in dependant.dependencies:
        yield from _declarations(child)


STATIC_MOUNTS = frozenset({"/static"})
"""Mounts that hold only what the build made; everything else must be a declared route."""


def route_table(app: FastAPI) -> list[RouteAccess]:
    """Every route with its access, in path order; raises on one that declares none."""
    rows: list[RouteAccess] = []
    for context in iter_route_contexts(app.router.routes):
        route = context.route
        if isinstance(route, Mount) and route.path in STATIC_MOUNTS:
            rows.append(RouteAccess("GET", route.path + "/…", Access(None, Scope.PUBLIC)))
            continue
        dependant: object = context.dependant
        access = declared(dependant) if isinstance(dependant, Dependant) else None
        path = context.path or repr(route)
        if access is None:
            raise RuntimeError(f"{path}: this route does not say who may call it (Needs or Public)")
        methods = sorted(context.methods or {"?"})
        rows.extend(RouteAccess(method, path, access) for method in methods)
    return sorted(rows, key=lambda row: (row.path, row.method))


def refuse_undeclared(app: FastAPI) -> None:
    """Raise when any route has not said who may call it."""
    route_table(app)


def deny_undeclared(request: Request) -> None:
    """In front of every call: a route that declares nothing is refused, whoever asks."""
    route = request.scope.get("route")
    dependant = getattr(route, "dependant", None)
    if not isinstance(dependant, Dependant) or declared(dependant) is None:
        raise DeniedError("此页面未声明访问权限,已拒绝。")


def access_markdown(app: FastAPI) -> str:
    """The generated part of ``docs/access.md``: routes × roles × hall scope."""
    roles = list(Role)
    head = "| Method | Route | Hall scope | " + " | ".join(role.value for role in roles) + " |"
    lines = [head, "|" + "---|" * (3 + len(roles))]
    for row in route_table(app):
        if row.access.scope is Scope.MACHINE:
            marks = ["–"] * len(roles)  # a log-in opens nothing there
        elif row.access.permission is None:
            marks = ["✓"] * len(roles)
        else:
            marks = ["✓" if row.access.allows(role) else "–" for role in roles]
        lines.append(
            f"| {row.method} | `{row.path}` | {row.access.scope.value} | {' | '.join(marks)} |"
        )
    return "\n".join(lines) + "\n"
