"""Points tables, bulletins, feedback to a clause."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
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
        "points_tables",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, to("halls")),
        column("version", sa.Integer()),
        column("effective_from", sa.Date()),
        column("body", sa.JSON()),
        column("note", sa.Text()),
        column("created_at", MOMENT),
        column("created_by", sa.String(64)),
        sa.UniqueConstraint("hall_id", "version", name="uq_points_tables_hall_id_version"),
    )
    op.create_table(
        "bulletins",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, to("halls")),
        column("kind", sa.String(8)),
        column("first_day", sa.Date()),
        column("last_day", sa.Date()),
        column("state", sa.String(8)),
        column("row_version", sa.Integer()),
        column("number", sa.String(64)),
        column("title", sa.String(200)),
        column("issuer", sa.String(100)),
        column("addressee", sa.String(200)),
        column("good", sa.Text()),
        column("demands", sa.Text()),
        sa.Column("as_of", MOMENT),
        column("figures", sa.JSON()),
        column("drafted_by_id", ID, to("users")),
        sa.Column("checked_by_id", ID, to("users")),
        sa.Column("issued_by_id", ID, to("users")),
        sa.Column("issued_at", MOMENT),
        sa.Column("docx_path", sa.Text()),
        sa.Column("docx_sha256", sa.String(64)),
        sa.Column("pdf_path", sa.Text()),
        sa.Column("pdf_sha256", sa.String(64)),
        column("created_at", MOMENT),
        column("updated_at", MOMENT),
        sa.CheckConstraint(
            "state IN ('draft', 'review', 'approved', 'issued', 'dropped')",
            name=op.f("ck_bulletins_state"),
        ),
        sa.CheckConstraint("kind IN ('week', 'month', 'year')", name=op.f("ck_bulletins_kind")),
    )
    op.create_index("ix_bulletins_hall_id_first_day", "bulletins", ["hall_id", "first_day"])
    op.create_table(
        "bulletin_steps",
        sa.Column("id", ID, primary_key=True),
        column("bulletin_id", ID, to("bulletins")),
        column("at", MOMENT),
        column("user_id", ID, to("users")),
        column("step", sa.String(16)),
        column("from_state", sa.String(8)),
        column("to_state", sa.String(8)),
        column("text", sa.Text()),
    )
    op.create_index("ix_bulletin_steps_bulletin_id", "bulletin_steps", ["bulletin_id"])
    op.create_table(
        "feedback",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, to("halls")),
        column("clause", sa.String(32)),
        column("pack_version", sa.String(64)),
        column("text", sa.Text()),
        column("state", sa.String(8)),
        column("answer", sa.Text()),
        column("created_at", MOMENT),
        column("created_by_id", ID, to("users")),
        sa.Column("answered_at", MOMENT),
        sa.Column("answered_by_id", ID, to("users")),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'done')", name=op.f("ck_feedback_state")
        ),
    )
    op.create_index("ix_feedback_hall_id_state", "feedback", ["hall_id", "state"])


def downgrade() -> None:
    for table in ("feedback", "bulletin_steps", "bulletins", "points_tables"):
        op.drop_table(table)
