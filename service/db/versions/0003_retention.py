"""When an original was deleted, and what must not be."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime()


def column(name: str, kind: sa.types.TypeEngine[Any], *to: sa.ForeignKey) -> sa.Column[Any]:
    """A column that always holds something."""
    return sa.Column(name, kind, *to, nullable=False)


def upgrade() -> None:
    op.add_column("frames", sa.Column("expired_at", MOMENT))
    op.create_index("ix_frames_expired_at", "frames", ["expired_at"])
    op.create_table(
        "legal_holds",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("day_from", sa.Date()),
        column("day_to", sa.Date()),
        column("reason", sa.Text()),
        column("created_by", sa.String(64)),
        column("created_at", MOMENT),
        sa.Column("released_by", sa.String(64)),
        sa.Column("released_at", MOMENT),
    )
    op.create_index("ix_legal_holds_hall_id", "legal_holds", ["hall_id"])


def downgrade() -> None:
    op.drop_table("legal_holds")
    op.drop_index("ix_frames_expired_at", "frames")
    op.drop_column("frames", "expired_at")
