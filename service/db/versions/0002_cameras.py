"""Cameras, spot plans, draws and what became of each spot."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime()


def column(name: str, kind: sa.types.TypeEngine[Any], *to: sa.ForeignKey) -> sa.Column[Any]:
    """A column that always holds something."""
    return sa.Column(name, kind, *to, nullable=False)


def upgrade() -> None:
    op.create_table(
        "cameras",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("code", sa.String(64)),
        column("name", sa.String(200)),
        column("place", sa.String(200)),
        column("kind", sa.String(16)),
        column("url", sa.Text()),
        column("login", sa.String(200)),
        sa.Column("sealed", sa.Text()),
        column("channel", sa.Integer()),
        column("allow_basic", sa.Boolean()),
        column("verify_tls", sa.Boolean()),
        column("device_streams", sa.Integer()),
        column("options", sa.JSON()),
        column("state", sa.String(8)),
        column("state_reason", sa.Text()),
        column("state_since", MOMENT),
        column("failures", sa.Integer()),
        sa.Column("last_ok_at", MOMENT),
        sa.Column("last_sha256", sa.String(64)),
        sa.Column("clock_offset_s", sa.Double()),
        column("open_access", sa.Boolean()),
        column("created_at", MOMENT),
        sa.CheckConstraint("state IN ('new', 'ok', 'trouble', 'stopped')", name="state"),
        sa.UniqueConstraint("hall_id", "code"),
    )
    op.create_table(
        "spot_plans",
        sa.Column("hall_id", ID, sa.ForeignKey("halls.id"), primary_key=True),
        column("plan", sa.JSON()),
        column("changed_at", MOMENT),
        column("changed_by", sa.String(64)),
    )
    op.create_table(
        "spot_draws",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("day", sa.Date()),
        column("seed", sa.String(64)),
        column("commitment", sa.String(64)),
        column("plan", sa.JSON()),
        column("spans", sa.JSON()),
        column("cameras", sa.JSON()),
        column("drawn_at", MOMENT),
        sa.UniqueConstraint("hall_id", "day"),
    )
    op.create_table(
        "spot_results",
        sa.Column("id", ID, primary_key=True),
        column("draw_id", ID, sa.ForeignKey("spot_draws.id")),
        column("key", sa.String(100)),
        column("camera", sa.String(64)),
        column("due_at", MOMENT),
        column("state", sa.String(8)),
        column("tries", sa.Integer()),
        sa.Column("taken_at", MOMENT),
        sa.Column("name", sa.String(255)),
        sa.Column("sha256", sa.String(64)),
        column("error", sa.Text()),
        column("recorded_at", MOMENT),
        sa.CheckConstraint(
            "state IN ('taken', 'failed', 'doubtful', 'missed', 'stopped')", name="state"
        ),
        sa.UniqueConstraint("draw_id", "key"),
    )
    op.create_index("ix_spot_results_draw_id_camera", "spot_results", ["draw_id", "camera"])


def downgrade() -> None:
    for table in ("spot_results", "spot_draws", "spot_plans", "cameras"):
        op.drop_table(table)
