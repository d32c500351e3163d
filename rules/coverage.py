"""What was looked at and what was not: part of every answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.verdict import Judgement, Verdict


@dataclass(frozen=True, slots=True)
class CameraCoverage:
    """Frames of one camera: planned (None: no plan given), given, used, refused by reason."""

    expected: int | None
    given: int
    used: int
    refused: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Judgements expected and judged, what was not and why, and each camera's frames."""

    expected: int
    judged: int
    suspect: int
    unjudged: Mapping[str, int] = field(default_factory=dict)
    cameras: Mapping[str, CameraCoverage] = field(default_factory=dict)

    @property
    def percent(self) -> float:
        """Share of the expected judgements that could be made, in percent."""
        return round(100.0 * self.judged / self.expected, 1) if self.expected else 0.0


def coverage_of(judgements: Iterable[Judgement], cameras: Mapping[str, CameraCoverage]) -> Coverage:
    """Count what a day's judgements covered."""
    verdicts: Counter[Verdict] = Counter()
    reasons: Counter[str] = Counter()
    for judgement in judgements:
        verdicts[judgement.verdict] += 1
        if judgement.verdict is Verdict.UNJUDGED:
            reasons[judgement.reason.code] += 1
    expected = sum(verdicts.values())
    return Coverage(
        expected=expected,
        judged=expected - verdicts[Verdict.UNJUDGED],
        suspect=verdicts[Verdict.SUSPECT],
        unjudged=dict(sorted(reasons.items())),
        cameras=dict(cameras),
    )


def merged(parts: Iterable[Coverage]) -> Coverage:
    """The coverage of several days as one."""
    expected = judged = suspect = 0
    reasons: Counter[str] = Counter()
    cameras: dict[str, CameraCoverage] = {}
    for part in parts:
        expected += part.expected
        judged += part.judged
        suspect += part.suspect
        reasons.update(part.unjudged)
        for name, camera in part.cameras.items():
            before = cameras.get(name, CameraCoverage(None, 0, 0))
            plans = [n for n in (before.expected, camera.expected) if n is not None]
            cameras[name] = CameraCoverage(
                sum(plans) if plans else None,
                before.given + camera.given,
                before.used + camera.used,
                dict(sorted((Counter(before.refused) + Counter(camera.refused)).items())),
            )
    return Coverage(expected, judged, suspect, dict(sorted(reasons.items())), cameras)
