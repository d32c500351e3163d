"""Cameras that were knocked, until a person has looked."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime()


def column(name: str, kind: sa.types.TypeEngine[Any], *to: sa.ForeignKey) -> sa.Column[Any]:
    """A column that always holds something."""
    return sa.Column(name, kind, *to, nullable=False)


def upgrade() -> None:
    op.create_table(
        "camera_pauses",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("camera", sa.String(64)),
        column("since", MOMENT),
        column("frame", sa.String(255)),
        sa.Column("shift_percent", sa.Double()),
        sa.Column("turn_deg", sa.Double()),
        sa.Column("zoom_percent", sa.Double()),
        column("recorded_at", MOMENT),
        sa.Column("cleared_at", MOMENT),
        sa.Column("cleared_by", sa.String(64)),
        sa.Column("choice", sa.String(16)),
        column("note", sa.Text()),
        sa.CheckConstraint(
            "choice IS NULL OR choice IN ('put_back', 'new_reference')",
            name=op.f("ck_camera_pauses_choice"),
        ),
    )
    op.create_index(
        "ix_camera_pauses_hall_id_camera_since", "camera_pauses", ["hall_id", "camera", "since"]
    )


def downgrade() -> None:
    op.drop_table("camera_pauses")
