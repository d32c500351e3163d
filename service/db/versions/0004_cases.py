"""The ledger: cases, their pictures, steps and appeals; the duty roster; chiefs' windows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime()
TABLES = ("duty_roster", "chief_windows", "cases", "case_pictures", "case_steps", "appeals")


def column(name: str, kind: sa.types.TypeEngine[Any], *to: sa.ForeignKey) -> sa.Column[Any]:
    """A column that always holds something."""
    return sa.Column(name, kind, *to, nullable=False)


def upgrade() -> None:
    op.create_table(
        "duty_roster",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("window", sa.String(64)),
        column("name", sa.String(100)),
        column("unit", sa.String(200)),
        column("first_day", sa.Date()),
        sa.Column("last_day", sa.Date()),
        column("created_at", MOMENT),
        sa.Column("created_by_id", ID, sa.ForeignKey("users.id")),
    )
    op.create_index(
        "ix_duty_roster_hall_id_window_first_day", "duty_roster", ["hall_id", "window", "first_day"]
    )
    op.create_table(
        "chief_windows",
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("hall_id", ID, sa.ForeignKey("halls.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("window", sa.String(64), primary_key=True),
    )
    op.create_table(
        "cases",
        sa.Column("id", ID, primary_key=True),
        column("number", sa.String(96)),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("channel", sa.String(8)),
        sa.Column("finding_id", ID, sa.ForeignKey("findings.id")),
        column("state", sa.String(16)),
        column("row_version", sa.Integer()),
        column("day", sa.Date()),
        column("desk", sa.String(64)),
        column("desk_name", sa.String(200)),
        column("window", sa.String(64)),
        column("unit", sa.String(200)),
        column("clause", sa.String(32)),
        column("clause_text", sa.Text()),
        column("modality", sa.String(16)),
        column("reason_code", sa.String(64)),
        column("reason_values", sa.JSON()),
        column("text", sa.Text()),
        column("pack_version", sa.String(64)),
        sa.Column("layout_version_id", ID, sa.ForeignKey("layout_versions.id")),
        column("confirmed_at", MOMENT),
        column("confirmed_by_id", ID, sa.ForeignKey("users.id")),
        column("responsible", sa.String(100)),
        sa.Column("chief_id", ID, sa.ForeignKey("users.id")),
        sa.Column("person_id", ID, sa.ForeignKey("duty_roster.id")),
        sa.Column("due_day", sa.Date()),
        sa.Column("asked_day", sa.Date()),
        column("extensions", sa.Integer()),
        column("measure", sa.Text()),
        sa.Column("done_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by_id", ID, sa.ForeignKey("users.id")),
        sa.Column("recurs_id", ID, sa.ForeignKey("cases.id")),
        column("recurrence", sa.Integer()),
        column("updated_at", MOMENT),
        sa.CheckConstraint("channel IN ('camera', 'manual', 'patrol', 'joint')", name="channel"),
        sa.CheckConstraint(
            "state IN ('pending', 'confirmed', 'assigned', 'rectifying', 'to_check', 'closed', "
            "'rejected', 'appealed', 'appeal_upheld')",
            name="state",
        ),
        sa.UniqueConstraint("finding_id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_cases_hall_id_day", "cases", ["hall_id", "day"])
    op.create_index(
        "ix_cases_hall_id_desk_clause_closed_at",
        "cases",
        ["hall_id", "desk", "clause", "closed_at"],
    )
    op.create_index("ix_cases_hall_id_due_day", "cases", ["hall_id", "due_day"])
    op.create_index("ix_cases_hall_id_state_day", "cases", ["hall_id", "state", "day"])
    op.create_table(
        "case_pictures",
        sa.Column("id", ID, primary_key=True),
        column("case_id", ID, sa.ForeignKey("cases.id")),
        column("kind", sa.String(8)),
        sa.Column("frame_id", ID, sa.ForeignKey("frames.id")),
        column("path", sa.Text()),
        column("sha256", sa.String(64)),
        column("bytes", sa.Integer()),
        column("width", sa.Integer()),
        column("height", sa.Integer()),
        sa.Column("taken_at", MOMENT),
        column("added_at", MOMENT),
        column("added_by_id", ID, sa.ForeignKey("users.id")),
        sa.CheckConstraint("kind IN ('before', 'done', 'after', 'appeal')", name="kind"),
        sa.UniqueConstraint("path"),
    )
    op.create_index("ix_case_pictures_case_id", "case_pictures", ["case_id"])
    op.create_table(
        "case_steps",
        sa.Column("id", ID, primary_key=True),
        column("case_id", ID, sa.ForeignKey("cases.id")),
        column("at", MOMENT),
        column("user_id", ID, sa.ForeignKey("users.id")),
        column("step", sa.String(16)),
        column("from_state", sa.String(16)),
        column("to_state", sa.String(16)),
        column("text", sa.Text()),
        sa.Column("day", sa.Date()),
        sa.Column("picture_id", ID, sa.ForeignKey("case_pictures.id")),
    )
    op.create_index("ix_case_steps_case_id", "case_steps", ["case_id"])
    op.create_table(
        "appeals",
        sa.Column("id", ID, primary_key=True),
        column("case_id", ID, sa.ForeignKey("cases.id")),
        column("kind", sa.String(16)),
        column("text", sa.Text()),
        column("state", sa.String(8)),
        column("opened_at", MOMENT),
        column("opened_by_id", ID, sa.ForeignKey("users.id")),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by_id", ID, sa.ForeignKey("users.id")),
        column("decision", sa.Text()),
        sa.CheckConstraint(
            "kind IN ('citizen_item', 'shared_desk', 'mistaken', 'other')", name="kind"
        ),
        sa.CheckConstraint("state IN ('open', 'upheld', 'denied')", name="state"),
    )
    op.create_index("ix_appeals_case_id", "appeals", ["case_id"])
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER case_steps_no_{what.lower()} BEFORE {what} ON case_steps "
                "BEGIN SELECT RAISE(ABORT, 'case_steps is append-only'); END"
            )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
