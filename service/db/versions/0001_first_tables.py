"""The first tables: halls, days, findings, people, log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime()
APPEND_ONLY = ("audit_log", "decisions")
TABLES = (
    "audit_head",
    "audit_log",
    "halls",
    "locks",
    "users",
    "layout_versions",
    "frames",
    "sessions",
    "user_halls",
    "findings",
    "frame_verdicts",
    "run_facts",
    "runs",
    "day_verdicts",
    "decisions",
    "finding_days",
    "finding_frames",
    "media",
)


def column(name: str, kind: sa.types.TypeEngine[Any], *to: sa.ForeignKey) -> sa.Column[Any]:
    """A column that always holds something."""
    return sa.Column(name, kind, *to, nullable=False)


def upgrade() -> None:
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        column("last_id", ID),
        column("hash", sa.String(64)),
    )
    op.create_table(
        "audit_log",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        column("at", MOMENT),
        sa.Column("user_id", sa.Integer()),
        column("actor", sa.String(64)),
        column("action", sa.String(64)),
        column("object_kind", sa.String(32)),
        column("object_id", sa.String(64)),
        sa.Column("hall_id", sa.Integer()),
        column("detail", sa.JSON()),
        column("prev_hash", sa.String(64)),
        column("hash", sa.String(64)),
        sa.UniqueConstraint("hash"),
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
    op.create_index("ix_audit_log_object_kind_object_id", "audit_log", ["object_kind", "object_id"])
    op.create_table(
        "halls",
        sa.Column("id", ID, primary_key=True),
        column("code", sa.String(64)),
        column("name", sa.String(200)),
        sa.Column("parent_id", ID, sa.ForeignKey("halls.id")),
        sa.Column("inbox", sa.Text()),
        column("active", sa.Boolean()),
        column("created_at", MOMENT),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_halls_parent_id", "halls", ["parent_id"])
    op.create_table(
        "locks",
        sa.Column("name", sa.String(64), primary_key=True),
        column("owner", sa.String(200)),
        column("acquired_at", MOMENT),
        column("heartbeat_at", MOMENT),
    )
    op.create_table(
        "users",
        sa.Column("id", ID, primary_key=True),
        column("login", sa.String(64)),
        column("name", sa.String(100)),
        column("password_hash", sa.Text()),
        column("role", sa.String(16)),
        column("all_halls", sa.Boolean()),
        column("active", sa.Boolean()),
        column("failed_count", sa.Integer()),
        sa.Column("locked_until", MOMENT),
        column("password_changed_at", MOMENT),
        column("must_change", sa.Boolean()),
        sa.Column("last_login_at", MOMENT),
        column("created_at", MOMENT),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "layout_versions",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("version", sa.Integer()),
        column("sha256", sa.String(64)),
        column("yaml", sa.Text()),
        column("base_path", sa.Text()),
        column("created_at", MOMENT),
        sa.Column("created_by", sa.String(64)),
        sa.UniqueConstraint("hall_id", "sha256"),
        sa.UniqueConstraint("hall_id", "version"),
    )
    op.create_table(
        "frames",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("camera", sa.String(64)),
        column("taken_at", MOMENT),
        column("day", sa.Date()),
        column("name", sa.String(255)),
        column("path", sa.Text()),
        column("sha256", sa.String(64)),
        column("bytes", sa.Integer()),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("window", sa.String(1)),
        sa.Column("gate", sa.String(32)),
        column("gate_detail", sa.JSON()),
        sa.Column("light", sa.String(8)),
        sa.Column("error", sa.Text()),
        column("registered_at", MOMENT),
        sa.CheckConstraint("\"window\" IS NULL OR \"window\" IN ('W', 'P', 'N')", name="window"),
        sa.UniqueConstraint("hall_id", "camera", "name"),
    )
    op.create_index("ix_frames_hall_id_day_camera", "frames", ["hall_id", "day", "camera"])
    op.create_table(
        "sessions",
        sa.Column("id", ID, primary_key=True),
        column("token_hash", sa.String(64)),
        column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE")),
        column("created_at", MOMENT),
        column("last_seen_at", MOMENT),
        column("expires_at", MOMENT),
        column("client", sa.String(200)),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_table(
        "user_halls",
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("hall_id", ID, sa.ForeignKey("halls.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("ix_user_halls_hall_id", "user_halls", ["hall_id"])
    op.create_table(
        "findings",
        sa.Column("id", ID, primary_key=True),
        column("key", sa.String(255)),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("day", sa.Date()),
        column("last_day", sa.Date()),
        column("nights", sa.Integer()),
        column("desk", sa.String(64)),
        column("clause", sa.String(32)),
        column("window", sa.String(1)),
        sa.Column("camera", sa.String(64)),
        column("source", sa.String(8)),
        column("status", sa.String(12)),
        column("row_version", sa.Integer()),
        column("confidence", sa.Double()),
        column("reason_code", sa.String(64)),
        column("reason_values", sa.JSON()),
        column("measured", sa.JSON()),
        column("boxes", sa.JSON()),
        column("signature", sa.JSON()),
        sa.Column("frame_id", ID, sa.ForeignKey("frames.id")),
        column("clause_text", sa.Text()),
        column("modality", sa.String(16)),
        column("pack_version", sa.String(64)),
        column("model_version", sa.String(200)),
        column("layout_version_id", ID, sa.ForeignKey("layout_versions.id")),
        column("created_at", MOMENT),
        column("updated_at", MOMENT),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by_id", ID, sa.ForeignKey("users.id")),
        sa.Column("decision_reason", sa.String(32)),
        sa.CheckConstraint("source IN ('camera', 'manual')", name="source"),
        sa.CheckConstraint(
            "status IN ('open', 'confirmed', 'dismissed', 'withdrawn')", name="status"
        ),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_findings_hall_id_day", "findings", ["hall_id", "day"])
    op.create_index(
        "ix_findings_hall_id_desk_clause_last_day",
        "findings",
        ["hall_id", "desk", "clause", "last_day"],
    )
    op.create_index(
        "ix_findings_hall_id_status_last_day", "findings", ["hall_id", "status", "last_day"]
    )
    op.create_table(
        "frame_verdicts",
        sa.Column("id", ID, primary_key=True),
        column("frame_id", ID, sa.ForeignKey("frames.id")),
        column("desk", sa.String(64)),
        column("clause", sa.String(32)),
        column("verdict", sa.String(8)),
        column("reason_code", sa.String(64)),
        column("reason_values", sa.JSON()),
        column("measured", sa.JSON()),
        column("boxes", sa.JSON()),
        column("confidence", sa.Double()),
        sa.UniqueConstraint("frame_id", "desk", "clause"),
    )
    op.create_table(
        "run_facts",
        sa.Column("frame_id", ID, sa.ForeignKey("frames.id"), primary_key=True),
        column("key", sa.String(64)),
        column("facts", sa.JSON()),
    )
    op.create_table(
        "runs",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("day", sa.Date()),
        column("status", sa.String(16)),
        column("started_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        column("owner", sa.String(200)),
        column("heartbeat_at", MOMENT),
        column("layout_version_id", ID, sa.ForeignKey("layout_versions.id")),
        column("pack_version", sa.String(64)),
        column("calendar_version", sa.String(64)),
        column("model_name", sa.String(100)),
        column("model_version", sa.String(64)),
        column("model_sha256", sa.String(64)),
        column("counts", sa.JSON()),
        column("cameras", sa.JSON()),
        column("cameras_missing", sa.JSON()),
        column("notice", sa.Text()),
        column("input_key", sa.String(64)),
        sa.CheckConstraint("status IN ('running', 'done', 'incomplete', 'failed')", name="status"),
    )
    op.create_index("ix_runs_hall_id_day", "runs", ["hall_id", "day"])
    op.create_table(
        "day_verdicts",
        sa.Column("id", ID, primary_key=True),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        column("day", sa.Date()),
        column("desk", sa.String(64)),
        column("clause", sa.String(32)),
        column("window", sa.String(1)),
        column("verdict", sa.String(8)),
        column("reason_code", sa.String(64)),
        column("reason_values", sa.JSON()),
        column("measured", sa.JSON()),
        sa.Column("camera", sa.String(64)),
        column("confidence", sa.Double()),
        column("frames_used", sa.Integer()),
        column("frames_judged", sa.Integer()),
        column("frames_suspect", sa.Integer()),
        column("run_id", ID, sa.ForeignKey("runs.id")),
        sa.Column("finding_id", ID, sa.ForeignKey("findings.id", ondelete="SET NULL")),
        sa.CheckConstraint("verdict IN ('pass', 'suspect', 'unjudged')", name="verdict"),
        sa.CheckConstraint("\"window\" IN ('W', 'P', 'N')", name="window"),
        sa.UniqueConstraint("hall_id", "day", "desk", "clause", "window"),
    )
    op.create_index("ix_day_verdicts_finding_id", "day_verdicts", ["finding_id"])
    op.create_index(
        "ix_day_verdicts_hall_id_desk_clause_day",
        "day_verdicts",
        ["hall_id", "desk", "clause", "day"],
    )
    op.create_table(
        "decisions",
        sa.Column("id", ID, primary_key=True),
        column("finding_id", ID, sa.ForeignKey("findings.id")),
        sa.Column("user_id", ID, sa.ForeignKey("users.id")),
        column("action", sa.String(10)),
        sa.Column("reason", sa.String(32)),
        column("note", sa.Text()),
        column("at", MOMENT),
        sa.Column("undoes_id", ID, sa.ForeignKey("decisions.id")),
        sa.CheckConstraint(
            "action IN ('confirm', 'dismiss', 'undo', 'add', 'withdraw', 'reopen')",
            name="action",
        ),
    )
    op.create_index("ix_decisions_finding_id", "decisions", ["finding_id"])
    op.create_index("ix_decisions_user_id_at", "decisions", ["user_id", "at"])
    op.create_table(
        "finding_days",
        sa.Column("finding_id", ID, sa.ForeignKey("findings.id"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("run_id", ID, sa.ForeignKey("runs.id")),
    )
    op.create_table(
        "finding_frames",
        sa.Column("id", ID, primary_key=True),
        column("finding_id", ID, sa.ForeignKey("findings.id")),
        column("frame_id", ID, sa.ForeignKey("frames.id")),
        column("deciding", sa.Boolean()),
        column("verdict", sa.String(8)),
        column("boxes", sa.JSON()),
        sa.UniqueConstraint("finding_id", "frame_id"),
    )
    op.create_index("ix_finding_frames_frame_id", "finding_frames", ["frame_id"])
    op.create_table(
        "media",
        sa.Column("id", ID, primary_key=True),
        column("key", sa.String(100)),
        column("kind", sa.String(8)),
        column("hall_id", ID, sa.ForeignKey("halls.id")),
        sa.Column("finding_id", ID, sa.ForeignKey("findings.id")),
        column("frame_id", ID, sa.ForeignKey("frames.id")),
        column("path", sa.Text()),
        column("sha256", sa.String(64)),
        column("bytes", sa.Integer()),
        column("width", sa.Integer()),
        column("height", sa.Integer()),
        column("offset_x", sa.Integer()),
        column("offset_y", sa.Integer()),
        column("scale", sa.Double()),
        column("masked", sa.Boolean()),
        column("created_at", MOMENT),
        sa.CheckConstraint("kind IN ('crop', 'frame', 'thumb')", name="kind"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_media_finding_id", "media", ["finding_id"])
    op.create_index("ix_media_frame_id", "media", ["frame_id"])
    op.create_index("ix_media_hall_id", "media", ["hall_id"])
    op.bulk_insert(head, [{"id": 1, "last_id": 0, "hash": "0" * 64}])
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for what in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
