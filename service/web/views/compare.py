"""The clean picture of a finding's camera, cut as the finding's own picture is, people covered."""

from __future__ import annotations

from typing import Annotated

import cv2
import numpy as np
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from service.auth.roles import Permission
from service.evidence import part
from service.review.detail import Shot, load_detail
from service.web.deps import Asked, DatabaseDep, NeedsFinding, NowDep
from service.web.errors import NotThere
from service.web.pictures import note_look, send
from service.web.setup_deps import ShownDep
from vision.seen import BoxPx

router = APIRouter(include_in_schema=False)
QUALITY = 90


@router.get("/findings/{finding_id}/reference")
def reference(
    request: Request,
    asked: Annotated[Asked, Depends(NeedsFinding(Permission.FINDINGS_READ))],
    database: DatabaseDep,
    shown: ShownDep,
    now: NowDep,
    whole: bool = False,
) -> Response:
    """Masked before it is cut; the look is in the log before it leaves."""
    with database.read() as session:
        detail = load_detail(session, request.app.state.plans, {asked.hall_id}, asked.id)
    if detail is None or detail.reference is None:
        raise NotThere
    jpeg = shown.of(detail.reference)
    if not whole and detail.shots:
        jpeg = _cut(jpeg, detail.shots[0])
    note_look(request, asked, now, "reference.view", kind="finding", detail={"whole": whole})
    return send(jpeg)


def _cut(jpeg: bytes, shot: Shot) -> bytes:
    """The same place of the view; the two pictures may differ in size."""
    width, height = shot.size
    if not width or not height:
        return jpeg
    image = np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), np.uint8)
    x_scale, y_scale = image.shape[1] / width, image.shape[0] / height
    x1, y1, x2, y2 = shot.crop_box
    box: BoxPx = (x1 * x_scale, y1 * y_scale, x2 * x_scale, y2 * y_scale)
    return part(image, box, quality=QUALITY).jpeg
