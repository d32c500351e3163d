"""Judge the pictures of the scenes with a detector: gate, detect, measure, rules, as at night."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from datasets.scenes.facts import DAY
from datasets.scenes.halls import Hall
from datasets.scenes.layers import Layer, lamp_of
from datasets.scenes.picture_hall import picture_hall
from datasets.scenes.picture_plan import SEEDS, all_scenes, needed
from datasets.scenes.pictures import Pieces
from datasets.scenes.threes import Scene
from rules.calendar import Calendar, load_calendar
from rules.engine import judge_day
from rules.pack import Pack, load_pack
from rules.verdict import Judgement, Verdict
from vision.detector import Detector
from vision.eye import Eye
from vision.seen import Facts, Image, Light

TRUE_ELSEWHERE: Final = frozenset({"2S-2-(1)b"})
"""The other desks of every scene are unattended and have no sign: flagging them is right."""


@dataclass(frozen=True)
class Pictured:
    """A scene, what was said of its place, and which other places were accused beside it.

    ``judgement`` is None where the scene was not pictured.
    """

    seed: int
    scene: Scene
    judgement: Judgement | None
    elsewhere: tuple[str, ...] = ()

    def says(self, verdict: Verdict) -> bool:
        return self.judgement is not None and self.judgement.verdict is verdict


class Judge:
    """One hall's cameras with a detector; the same picture is looked at once."""

    def __init__(self, pieces: Pieces, detector: Detector) -> None:
        self.pieces = pieces
        self.hall: Hall = picture_hall(homes={"STAFF": pieces.homes("STAFF")})
        self._pack: Pack = load_pack()
        self._calendar: Calendar = load_calendar()
        clean: dict[str, dict[Light, Image]] = {
            camera: {lamp: pieces.clean(c, lamp) for c, lamp in pieces.bases if c == camera}
            for camera in self.hall.cameras
        }
        self._eyes = {
            (camera, compared): Eye(
                detector,
                self.hall.layout.view(camera),
                references=clean[camera] if compared else {},
            )
            for camera in self.hall.cameras
            for compared in (True, False)
        }
        self._seen: dict[tuple[object, ...], Facts] = {}
        self.looked_at = 0

    def judge(self, seed: int, scene: Scene) -> Pictured:
        """All of a scene's moments, one verdict."""
        shown = [(shot, needed(self.hall, scene, shot)) for shot in scene.shots]
        lamp = lamp_of(scene)
        if not all(
            (shot.camera, lamp) in self.pieces.bases and self.pieces.has(layers)
            for shot, layers in shown
        ):
            return Pictured(seed, scene, None)
        result = judge_day(
            self.hall.layout,
            self._pack,
            self._calendar,
            [self.look(scene, i) for i in range(len(scene.shots))],
            day=date.fromisoformat(DAY),
            registers=scene.registers,
            clauses=[scene.clause],
        )
        same = [j for j in result.judgements if j.window == scene.window]
        (own,) = (j for j in same if j.desk == scene.place)
        others = (
            j
            for j in same
            if j.desk != scene.place
            and j.verdict is Verdict.SUSPECT
            and scene.clause not in TRUE_ELSEWHERE
        )
        return Pictured(seed, scene, own, tuple(j.desk for j in others))

    def look(self, scene: Scene, number: int) -> Facts:
        """The facts of one moment."""
        shot = scene.shots[number]
        layers: tuple[Layer, ...] = needed(self.hall, scene, shot)
        sun = any(t.cls == "patch" for t in shot.things)
        key = (shot.camera, lamp_of(scene), shot.at, tuple(x.key for x in layers), shot.light,
               shot.gate, shot.dim, shot.compared, sun)  # fmt: skip
        if key not in self._seen:
            frame = self.pieces.frame(shot, lamp_of(scene), layers, repr(key))
            eye = self._eyes[shot.camera, shot.compared]
            # a frozen stream gives the bytes that it gave before
            before = frame.sha256 if shot.gate == "frozen" else sha256(b"").hexdigest()
            seen = eye.admit(frame, before)
            if not isinstance(seen, Facts):
                found = eye.detector.detect(frame.image, seen.crops, small=seen.small.bgr)
                seen = eye.facts(seen, found)
                self.looked_at += 1
            self._seen[key] = seen
        return self._seen[key]


def judge_pictures(
    pieces: Pieces, detector: Detector, seeds: Sequence[int] = SEEDS, clause: str | None = None
) -> Iterator[Pictured]:
    """Every scene that was pictured, judged; the others without a judgement."""
    judge = Judge(pieces, detector)
    for seed, scene in all_scenes(judge.hall, seeds):
        if clause is None or scene.clause == clause:
            yield judge.judge(seed, scene)


@dataclass(frozen=True)
class Score:
    """Counts of one clause, or of all."""

    violations: int
    found: int
    unjudged: int
    twins: int
    accused: int
    clean: int
    blind: int
    blind_clean: int
    blind_accused: int
    elsewhere: int

    @property
    def precision(self) -> float | None:
        claims = self.found + self.accused + self.blind_accused + self.elsewhere
        return self.found / claims if claims else None

    @property
    def recall(self) -> float | None:
        return self.found / self.violations if self.violations else None


def score(outcomes: Iterable[Pictured]) -> Score:
    """The counts of these outcomes, scenes without a picture left out."""
    seen = [o for o in outcomes if o.judgement is not None]
    role = {r: [o for o in seen if o.scene.role == r] for r in ("violation", "twin", "blind")}

    def said(which: str, verdict: Verdict) -> int:
        return sum(o.says(verdict) for o in role[which])

    return Score(
        len(role["violation"]),
        said("violation", Verdict.SUSPECT),
        said("violation", Verdict.UNJUDGED),
        len(role["twin"]),
        said("twin", Verdict.SUSPECT),
        said("twin", Verdict.PASS),
        len(role["blind"]),
        said("blind", Verdict.PASS),
        said("blind", Verdict.SUSPECT),
        sum(len(o.elsewhere) for o in seen),
    )


def picture_table(outcomes: Sequence[Pictured], clauses: Sequence[str]) -> list[str]:
    """Markdown: a line a clause, and the sums."""
    lines = [
        "| clause | violations found | called 无法判定 | twins flagged | twins 合格 | "
        "unjudgeable 合格 | unjudgeable flagged | other desks flagged | precision | recall |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for clause in (*clauses, None):
        s = score(o for o in outcomes if clause is None or o.scene.clause == clause)
        if not s.violations + s.twins + s.blind:
            lines.append(f"| {clause or '**all**'} | not pictured |" + " |" * 8)
            continue
        cells = (
            f"{s.found} / {s.violations}",
            str(s.unjudged),
            f"{s.accused} / {s.twins}",
            f"{s.clean} / {s.twins}",
            f"{s.blind_clean} / {s.blind}",
            f"{s.blind_accused} / {s.blind}",
            str(s.elsewhere),
            "–" if s.precision is None else f"{s.precision:.2f}",
            "–" if s.recall is None else f"{s.recall:.2f}",
        )
        lines.append(f"| {clause or '**all**'} | " + " | ".join(cells) + " |")
    return lines


def wrongs(outcomes: Iterable[Pictured]) -> list[str]:
    """A line for every scene that was judged wrongly."""
    out: list[str] = []
    for o in outcomes:
        if o.judgement is None:
            continue
        wanted = {
            "violation": o.says(Verdict.SUSPECT),
            "twin": not o.says(Verdict.SUSPECT),
            "blind": o.says(Verdict.UNJUDGED),
        }[o.scene.role]
        if wanted and not o.elsewhere:
            continue
        measured = ", ".join(f"{k} {v}" for k, v in o.judgement.measured.items())
        also = f"; flagged beside it: {', '.join(o.elsewhere)}" if o.elsewhere else ""
        out.append(
            f"{o.scene.clause} {o.scene.name} ({o.scene.role} {o.seed}, {o.scene.place}): "
            f"{o.judgement.verdict.zh} {o.judgement.reason.code}"
            + (f" ({measured})" if measured else "")
            + also
        )
    return out
