"""Who is asking: the value that routes and queries get, never a database row."""

from __future__ import annotations

from dataclasses import dataclass

from service.auth.roles import Permission, Role, may


@dataclass(frozen=True, slots=True)
class Viewer:
    """A logged-in user: id, names, role, and the ids of the halls that the user may see.

    ``must_change``: the password was generated for the user, who has yet to choose one.
    ``scopes``: what a token narrows the role to; None for a log-in."""

    user_id: int
    login: str
    name: str
    role: Role
    hall_ids: frozenset[int]
    session_key: str
    must_change: bool = False
    scopes: frozenset[Permission] | None = None

    def may(self, permission: Permission) -> bool:
        if self.scopes is not None and permission not in self.scopes:
            return False
        return may(self.role, permission)

    def sees(self, hall_id: int) -> bool:
        return hall_id in self.hall_ids

    def among(self, hall_id: int | None) -> frozenset[int]:
        """The viewer's halls, narrowed to one where one is asked for: of another's, nothing."""
        return self.hall_ids if hall_id is None else self.hall_ids & {hall_id}
