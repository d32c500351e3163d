"""Indices that hold all that the pages' counts and lists ask for."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_findings_hall_id_status_last_day", "findings")
    op.create_index(
        "ix_findings_ranked",
        "findings",
        [
            *("hall_id", "status", "last_day", "clause", "camera", "source"),
            *("modality", "confidence", "day"),
        ],
    )
    op.create_index(
        "ix_findings_hall_id_status_decided_at_decided_by_id",
        "findings",
        ["hall_id", "status", "decided_at", "decided_by_id"],
    )
    op.drop_index("ix_cases_hall_id_due_day", "cases")
    op.create_index(
        "ix_cases_hall_id_state_due_day_asked_day",
        "cases",
        ["hall_id", "state", "due_day", "asked_day"],
    )


def downgrade() -> None:
    op.drop_index("ix_cases_hall_id_state_due_day_asked_day", "cases")
    op.create_index("ix_cases_hall_id_due_day", "cases", ["hall_id", "due_day"])
    op.drop_index("ix_findings_hall_id_status_decided_at_decided_by_id", "findings")
    op.drop_index("ix_findings_ranked", "findings")
    op.create_index(
        "ix_findings_hall_id_status_last_day", "findings", ["hall_id", "status", "last_day"]
    )
