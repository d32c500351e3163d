"""Blind second verdicts, and looks at what was called 合格."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
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
        "second_looks",
        sa.Column("id", ID, primary_key=True),
        column("finding_id", ID, to("findings")),
        column("hall_id", ID, to("halls")),
        sa.Column("first_user_id", ID, to("users")),
        column("first_action", sa.String(8)),
        column("second_user_id", ID, to("users")),
        column("second_action", sa.String(8)),
        column("at", MOMENT),
        sa.Column("settled_by_id", ID, to("users")),
        sa.Column("settled_action", sa.String(8)),
        sa.Column("settled_at", MOMENT),
        sa.UniqueConstraint("finding_id", name="uq_second_looks_finding_id"),
        sa.CheckConstraint(
            "first_action IN ('confirm', 'dismiss')", name=op.f("ck_second_looks_first_action")
        ),
        sa.CheckConstraint(
            "second_action IN ('confirm', 'dismiss')", name=op.f("ck_second_looks_second_action")
        ),
    )
    op.create_index("ix_second_looks_hall_id_at", "second_looks", ["hall_id", "at"])
    op.create_table(
        "pass_looks",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, to("halls")),
        column("day", sa.Date()),
        column("desk", sa.String(64)),
        column("clause", sa.String(32)),
        column("window", sa.String(1)),
        sa.Column("frame_id", ID, to("frames")),
        column("user_id", ID, to("users")),
        column("answer", sa.String(8)),
        column("at", MOMENT),
        sa.UniqueConstraint(
            "hall_id", "day", "desk", "clause", "window",
            name="uq_pass_looks_hall_id_day_desk_clause_window",
        ),
        sa.CheckConstraint(
            "answer IN ('clean', 'missed', 'unclear')", name=op.f("ck_pass_looks_answer")
        ),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("pass_looks")
    op.drop_table("second_looks")
