"""/api/v1: who am I, and the OpenAPI description with the roles that may call each route."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response

from service.auth.roles import Permission, Role
from service.auth.viewer import Viewer
from service.web.access import Scope, route_table
from service.web.api.shapes import MeOut
from service.web.deps import Needs

router = APIRouter(prefix="/api/v1", tags=["meta"])
Account = Annotated[Viewer, Depends(Needs(Permission.ACCOUNT, Scope.OWN))]


@router.get("/me")
def me(viewer: Account) -> MeOut:
    """The caller's own account."""
    return MeOut(
        login=viewer.login,
        name=viewer.name,
        role=viewer.role.value,
        halls=sorted(viewer.hall_ids),
        permissions=[permission.value for permission in Permission if viewer.may(permission)],
    )


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request, viewer: Account) -> Response:
    del viewer
    return JSONResponse(describe(request))


def describe(request: Request) -> dict[str, Any]:
    """The OpenAPI document; each operation names its roles and hall scope."""
    app = request.app
    if not hasattr(app.state, "openapi"):
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        for row in route_table(app):
            operation = document["paths"].get(row.path, {}).get(row.method.lower())
            if operation is not None:
                operation["x-roles"] = [role.value for role in Role if row.access.allows(role)]
                operation["x-hall-scope"] = row.access.scope.value
        app.state.openapi = document
    described: dict[str, Any] = app.state.openapi
    return described
