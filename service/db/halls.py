"""Halls and the versions of their layouts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.db.base import Base, Id, Sha256


class Hall(Base):
    """One service hall; ``code`` is the id that its layout names.

    ``inbox`` is the folder of its snapshots, or None for ``inbox/CODE`` in the data folder.
    """

    __tablename__ = "halls"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("halls.id"), index=True)
    inbox: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    layouts: Mapped[list[LayoutVersion]] = relationship(
        back_populates="hall", order_by="LayoutVersion.version"
    )


class LayoutVersion(Base):
    """One saved layout of a hall: never changed, so that a finding keeps what judged it.

    ``base_path`` is the folder that relative reference pictures of the YAML start from.
    """

    __tablename__ = "layout_versions"
    __table_args__ = (
        UniqueConstraint("hall_id", "version"),
        UniqueConstraint("hall_id", "sha256"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(Sha256)
    yaml: Mapped[str] = mapped_column(Text)
    base_path: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(String(64))

    hall: Mapped[Hall] = relationship(back_populates="layouts")
