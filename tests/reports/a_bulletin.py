"""An issued bulletin of a made-up hall, with its files, without walking through its steps."""

from __future__ import annotations

from datetime import date

from service.db.models import BulletinRow
from service.store import MediaStore
from tests.web.seed import NOW, World


def an_issued_one(world: World, hall: str) -> int:
    """The id of the hall's February bulletin."""
    store = MediaStore(world.settings.media)
    hall_id = world.halls[hall]
    number = hall_id + 200
    docx = store.put(f"{hall_id}/bulletins/{number}-1.docx", b"word")
    pdf = store.put(f"{hall_id}/bulletins/{number}-1.pdf", b"pdf")
    with world.database.write() as session:
        if session.get(BulletinRow, number) is not None:
            return number
        session.add(
            BulletinRow(
                id=number, hall_id=hall_id, kind="month", first_day=date(2026, 2, 1),
                last_day=date(2026, 2, 28), state="issued", title="x",
                drafted_by_id=world.users["inspector"], created_at=NOW, updated_at=NOW,
                docx_path=docx.path, docx_sha256=docx.sha256, pdf_path=pdf.path,
                pdf_sha256=pdf.sha256, issued_at=NOW,
            )
        )  # fmt: skip
    return number
