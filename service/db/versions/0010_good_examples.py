"""Pictures of desks in good order, chosen by an inspector."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime()


def column(name: str, kind: sa.types.TypeEngine[Any], *to: sa.ForeignKey) -> sa.Column[Any]:
    """A column that always holds something."""
    return sa.Column(name, kind, *to, nullable=False)


def to(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id")


def upgrade() -> None:
    op.create_table(
        "good_examples",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, to("halls")),
        column("frame_id", ID, to("frames")),
        column("day", sa.Date()),
        column("desk", sa.String(64)),
        column("desk_name", sa.String(200)),
        column("unit", sa.String(200)),
        column("note", sa.Text()),
        column("path", sa.Text()),
        column("sha256", sa.String(64)),
        column("bytes", sa.Integer()),
        column("width", sa.Integer()),
        column("height", sa.Integer()),
        column("created_at", MOMENT),
        column("created_by_id", ID, to("users")),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("withdrawn_by_id", ID, to("users")),
        sa.UniqueConstraint("path", name="uq_good_examples_path"),
    )
    op.create_index(
        "ix_good_examples_hall_id_withdrawn_at", "good_examples", ["hall_id", "withdrawn_at"]
    )


def downgrade() -> None:
    op.drop_table("good_examples")
