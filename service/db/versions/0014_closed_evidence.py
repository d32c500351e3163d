"""When the evidence of an ended case was deleted by its term."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("evidence_deleted_at", sa.DateTime()))
    op.add_column("case_pictures", sa.Column("deleted_at", sa.DateTime()))


def downgrade() -> None:
    op.drop_column("case_pictures", "deleted_at")
    op.drop_column("cases", "evidence_deleted_at")
