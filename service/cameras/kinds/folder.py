"""A folder that an NVR or FTP server drops pictures into.

Names are untrusted: they are only matched against a template, never a path of ours.  What is no
whole picture after a while, or carries an impossible time, is moved to ``.quarantine``.
"""

from __future__ import annotations

import asyncio
import os
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from service.cameras.picture import still_of
from service.cameras.protocol import (
    CameraConfig,
    CameraPlaceholder,
    CameraRubbish,
    CameraSilent,
    Deadline,
    SourceInfo,
    Still,
    Surroundings,
)
from vision.seen import HALL_TZ, InputError

TEMPLATES: Final = {
    "plain": "{any}_{YYYY}{MM}{DD}T{hh}{mm}{ss}.jpg",
    "hikvision": "{any}_{channel}_{YYYY}{MM}{DD}{hh}{mm}{ss}{ms}_{any}.jpg",
    "dahua": "{any}_ch{channel}_{any}_{YYYY}{MM}{DD}{hh}{mm}{ss}{any}.jpg",
    "dahua_tree": "{path}/{YYYY}-{MM}-{DD}/{channel}/jpg/{hh}/{mm}/{ss}{any}.jpg",
}
_TOKENS: Final = {
    "YYYY": r"(?P<YYYY>20\d\d)",
    "MM": r"(?P<MM>\d\d)",
    "DD": r"(?P<DD>\d\d)",
    "hh": r"(?P<hh>\d\d)",
    "mm": r"(?P<mm>\d\d)",
    "ss": r"(?P<ss>\d\d)",
    "ms": r"\d{0,3}",
    "channel": r"(?P<channel>\d{1,4})",
    "any": r"[^/]{0,120}?",
    "path": r".{0,400}?",
}
QUARANTINE: Final = ".quarantine"
MAX_FILES: Final = 20_000
MAX_DEPTH: Final = 8


def compile_template(text: str) -> re.Pattern[str]:
    """A template (``TEMPLATES`` or one's own) as a pattern over the path below the folder."""
    template = TEMPLATES.get(text, text)
    out: list[str] = []
    for part in re.split(r"(\{[A-Za-z]+\})", template):
        if part.startswith("{"):
            name = part[1:-1]
            if name not in _TOKENS:
                known = ", ".join(sorted(_TOKENS))
                raise InputError(f"name template {template!r}: {part} is unknown; known: {known}")
            token = _TOKENS[name]
            named = f"(?P<{name}>"
            # a token that comes twice must say the same both times
            out.append(
                f"(?P={name})" if token.startswith(named) and named in "".join(out) else token
            )
        else:
            out.append(re.escape(part))
    for name in ("YYYY", "MM", "DD", "hh", "mm", "ss"):
        if f"(?P<{name}>" not in "".join(out):
            raise InputError(f"name template {template!r} lacks {{{name}}}")
    return re.compile("".join(out), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file in the folder: path below it, name's time (aware), arrival and size."""

    path: Path
    named_at: datetime
    arrived: float
    size: int


class Folder:
    """``url`` is the folder's path.  ``options``: ``template`` (name or text), ``settle_s``,
    ``max_age_s`` (an older newest picture is no picture of now), ``max_delay_s``.
    """

    def __init__(self, config: CameraConfig, around: Surroundings) -> None:
        self._config = config
        self._limits = around.limits
        self._root = Path(config.url)
        if not self._root.is_absolute():
            raise InputError(f"camera {config.id}: folder {config.url!r} must be an absolute path")
        self._pattern = compile_template(config.options.get("template", "plain"))
        self._settle_s = self._number("settle_s", 3.0)
        self.max_age_s = self._number("max_age_s", 900.0)
        self._max_delay_s = self._number("max_delay_s", 12 * 3600.0)
        self._aside: list[str] = []
        self.device = f"folder:{self._root}"

    def _number(self, name: str, default: float) -> float:
        text = self._config.options.get(name)
        if text is None:
            return default
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 <= value < 1e7:
            raise InputError(f"camera {self._config.id}: option {name} is {text!r}, wanted seconds")
        return value

    async def snapshot(self, deadline: Deadline) -> Still:
        """The newest whole picture, not older than ``max_age_s``; waits for one being written."""
        while True:
            still, wait = await asyncio.to_thread(self._newest)
            if still is not None:
                return still
            if not wait or deadline.left <= 0.2:
                raise CameraSilent(
                    f"{self._config.id}: no whole picture of the last "
                    f"{self.max_age_s:.0f} s in its folder{self.put_aside()}"
                )
            await asyncio.sleep(min(0.2, deadline.left))

    def dropped_between(self, start: datetime, end: datetime) -> list[Dropped]:
        """The settled files whose names say a time of that span, in order of time."""
        files = (d for d in self._files() if start <= d.named_at < end and self._settled(d))
        return sorted(files, key=lambda d: (d.named_at, str(d.path)))

    def put_aside(self) -> str:
        """What went to quarantine since it was last asked, as the end of a sentence."""
        aside, self._aside = self._aside, []
        if not aside:
            return ""
        more = f" (and {len(aside) - 1} more)" if len(aside) > 1 else ""
        return f"; {aside[0]}{more}"

    def _newest(self) -> tuple[Still | None, bool]:
        """The still, and whether waiting could bring one."""
        if not self._root.is_dir():
            raise CameraSilent(f"{self._config.id}: its folder is not there")
        now = time.time()
        waiting = False
        files = sorted(self._files(), key=lambda d: d.named_at, reverse=True)
        for dropped in files:
            if now - dropped.named_at.timestamp() > self.max_age_s:
                break
            if not self._settled(dropped):
                waiting = True
                continue
            still = self.read(dropped)
            if still is not None:
                return still, False
        for dropped in files:
            # written a moment ago under an old name: the recorder's clock is behind, say so
            behind = dropped.arrived - dropped.named_at.timestamp() > self._max_delay_s
            if behind and now - dropped.arrived <= self.max_age_s and self._settled(dropped):
                self.read(dropped)
        return None, waiting

    def _settled(self, dropped: Dropped) -> bool:
        """Nobody has written to it for a while; one from the future is just now."""
        age = time.time() - dropped.arrived
        return age >= self._settle_s

    def _files(self) -> Iterator[Dropped]:
        seen = 0
        root = os.fspath(self._root)
        for folder, names, files in os.walk(root, followlinks=False):
            below = os.path.relpath(folder, root)
            depth = 0 if below == "." else below.count(os.sep) + 1
            names[:] = sorted(n for n in names if n != QUARANTINE) if depth < MAX_DEPTH else []
            for name in sorted(files):
                seen += 1
                if seen > MAX_FILES:
                    raise CameraRubbish(
                        f"{self._config.id}: more than {MAX_FILES} files in its folder; let the "
                        "sender use one folder a day, or clear old ones away"
                    )
                path = Path(folder, name)
                try:
                    state = path.lstat()
                except OSError:
                    continue  # taken away meanwhile
                if not stat.S_ISREG(state.st_mode):
                    continue
                relative = name if below == "." else f"{below}/{name}"
                match = self._pattern.fullmatch(relative)
                if match is None:
                    continue
                found = match.groupdict()
                if "channel" in found and int(found["channel"]) != self._config.channel:
                    continue
                try:
                    when = "{YYYY}-{MM}-{DD}T{hh}:{mm}:{ss}".format(**found)
                    named = datetime.fromisoformat(when).replace(tzinfo=HALL_TZ)
                except ValueError:
                    self._quarantine(path, "its name holds no possible time")
                    continue
                yield Dropped(path, named, state.st_mtime, state.st_size)

    def read(self, dropped: Dropped) -> Still | None:
        """The still of a settled file, or None after it was put into quarantine."""
        delay = dropped.arrived - dropped.named_at.timestamp()
        if delay < -120 or delay > self._max_delay_s:
            came = f"{datetime.fromtimestamp(dropped.arrived, HALL_TZ):%Y-%m-%d %H:%M:%S}"
            said = f"its name says {dropped.named_at:%Y-%m-%d %H:%M:%S}, it came {came}"
            self._quarantine(dropped.path, f"{said}: set the recorder's clock (NTP)")
            return None
        if dropped.size > self._limits.max_bytes:
            self._quarantine(dropped.path, f"{dropped.size} bytes, more than allowed")
            return None
        try:
            handle = os.open(dropped.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return None  # taken away, or turned into a link: not ours to follow
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            data = file.read(self._limits.max_bytes + 1)
        source = SourceInfo("folder", self._config.id, clock_offset_s=None)
        try:
            return still_of(data, source, dropped.named_at, self._limits)
        except (CameraRubbish, CameraPlaceholder) as error:
            self._quarantine(dropped.path, str(error))
            return None

    def _quarantine(self, path: Path, why: str) -> None:
        """Move a bad file aside under a name of ours; a read-only folder keeps it where it is."""
        aside = self._root / QUARANTINE
        stamp = f"{datetime.now(HALL_TZ):%Y%m%dT%H%M%S}-{time.time_ns() % 10**9:09d}"
        name = f"{path.name[:80]!a}"
        try:
            aside.mkdir(exist_ok=True)
            os.replace(path, aside / f"{stamp}.bin")
            os.utime(aside / f"{stamp}.bin")  # its age here is what counts, not the sender's clock
            (aside / f"{stamp}.txt").write_text(f"{why}\n{path.name!a}\n", encoding="utf-8")
        except OSError:
            self._aside.append(f"{name} is not taken ({why})")
            return
        self._aside.append(
            f"{name} went to quarantine ({why}): it lies at {aside / stamp}.bin with its name "
            f"beside it in {stamp}.txt; to get it back, move it into {self._root} under a name "
            "with the right time"
        )


def quarantined(root: Path, *, before: datetime | None = None) -> list[Path]:
    """What lies in quarantine; with ``before`` only what was put there earlier."""
    aside = root / QUARANTINE
    if not aside.is_dir() or aside.is_symlink():
        return []
    limit = None if before is None else before.timestamp()
    return [p for p in sorted(aside.iterdir()) if limit is None or p.lstat().st_mtime < limit]


__all__ = ["TEMPLATES", "Folder", "compile_template", "quarantined"]
