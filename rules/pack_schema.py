"""The schema of a rule pack: a standard's clauses as data."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from rules.hours import Strict
from vision.seen import Window

Section = Literal["M", "1S", "2S", "3S", "4S", "5S", "6S"]
Modality = Literal["forbid", "must", "advise", "organise"]
Tier = Literal["MUST", "MUST-ADVISORY", "BEYOND", "MANUAL", "PROCESS"]
AnswersFor = Literal["window", "property", "hall", "county"]
Scope = Literal["desk", "zone", "camera", "all"]


def _windows(value: object) -> object:
    if value == "A":
        return ("W", "P", "N")
    if isinstance(value, str):
        value = list(value)
    if not isinstance(value, list | tuple) or not value or set(value) - {"W", "P", "N"}:
        raise ValueError(f"{value!r} are no capture windows; write W, P, N, WN or A")
    return tuple(w for w in ("W", "P", "N") if w in value)


Windows = Annotated[
    tuple[Window, ...], BeforeValidator(_windows, json_schema_input_type=str | list[str])
]


class CheckSpec(Strict):
    """One way to look at a clause: a rule kind with its parameters."""

    kind: str = Field(title="Rule kind", examples=["object_in_zone"])
    windows: Windows | None = Field(
        default=None, title="Only in these windows of the clause", examples=["WN"]
    )
    zones: tuple[str, ...] = Field(
        default=(), title="Hall zone kinds that this check is made for, one by one"
    )
    optional: bool = Field(
        default=False,
        title="Left out where it is not set up",
        description="Without a clean reference, a measured plane or enough things of a kind, the "
        "clause's other checks decide alone.",
    )
    params: dict[str, Any] = Field(default_factory=dict, title="The kind's parameters")


class PointsSpec(Strict):
    """The default deduction; a hall may edit it."""

    deduct: float = Field(ge=0, le=100, examples=[0.5])
    source: str = Field(min_length=1, title="Where the figure comes from")


class Persistence(Strict):
    """How many frames must speak against a desk before it is suspect.

    ``frames`` of those judged (all of them where fewer were judged), or one frame whose
    confidence reaches ``alone``.
    """

    frames: int = Field(default=2, ge=1, le=20, examples=[2])
    alone: float = Field(default=0.8, ge=0, le=1.01, examples=[0.8])


class RowSpec(Strict):
    """One clause of the standard."""

    id: str = Field(min_length=1, title="Clause id", examples=["2S-2-(4)"])
    text: str = Field(min_length=2, title="The standard's own words; … where cut")
    gloss: str = Field(min_length=2, title="In English, short")
    s: Section = Field(title="Which S; M for the main text", examples=["2S"])
    modality: Modality = Field(
        title="forbid 禁止/严禁/不得, must 应, advise 尽量/提倡 (reminds only), organise",
        examples=["must"],
    )
    windows: Windows = Field(default=(), title="Capture windows", examples=["WN"])
    tier: Tier = Field(examples=["MUST"])
    answers_for: AnswersFor = Field(default="window", examples=["window"])
    scope: Scope = Field(
        default="desk", title="What gets a verdict: each desk, each hall zone, or all together"
    )
    checks: tuple[CheckSpec, ...] = Field(default=(), title="How a camera judges it")
    persistence: Persistence = Field(default_factory=Persistence)
    manual: str | None = Field(default=None, title="Why a person judges it")
    process: str | None = Field(default=None, title="Which record or routing meets it")
    points: PointsSpec | None = Field(default=None, title="Default points")

    @field_validator("windows", mode="before")
    @classmethod
    def _none_is_none(cls, value: object) -> object:
        return value

    @model_validator(mode="after")
    def _one_way(self) -> RowSpec:
        ways = [bool(self.checks), self.manual is not None, self.process is not None]
        if sum(ways) != 1:
            raise ValueError(
                f"clause {self.id} has {sum(ways)} of checks, manual and process; keep exactly one"
            )
        if self.checks and not self.windows:
            raise ValueError(f"clause {self.id} has checks but no windows; add 'windows: W'")
        for check in self.checks:
            if check.windows and set(check.windows) - set(self.windows):
                raise ValueError(
                    f"clause {self.id} has a check outside its windows; "
                    "widen the clause's windows or narrow the check's"
                )
        if self.modality == "advise" and self.points is not None and self.points.deduct > 0:
            raise ValueError(
                f"clause {self.id} only advises (尽量/提倡) and can't deduct points; "
                "take 'points' out or set deduct: 0"
            )
        return self

    @property
    def judged(self) -> bool:
        """Whether a camera judges it."""
        return bool(self.checks)

    @property
    def scored(self) -> bool:
        """尽量 and 提倡 remind; they never cost points."""
        return self.modality in ("forbid", "must")


class PackSpec(Strict):
    """A pack: a whole standard, or a town's changes to one."""

    pack: str = Field(min_length=1, title="Name", examples=["shiquan-2024"])
    version: str = Field(min_length=1, title="Version", examples=["1.0"])
    title: str = Field(min_length=1, examples=["石行审字〔2024〕7号 6S管理标准(试行)"])
    source: str = Field(default="", title="Where the standard can be read")
    effective_from: date = Field(examples=["2024-05-29"])
    effective_to: date | None = Field(default=None)
    overrides: str | None = Field(
        default=None, title="The pack that this one changes row by row", examples=["shiquan-2024"]
    )
    rows: tuple[RowSpec, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> PackSpec:
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise ValueError("the pack ends before it starts; mend effective_from or effective_to")
        return self
