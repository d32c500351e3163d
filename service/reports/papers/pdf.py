"""A paper as a PDF, by Typst; the machine's own Chinese face is embedded."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from service.reports.papers.paper import Block, Paper, Photos, set_text
from vision.seen import InputError, StoreError

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
FACES: Final = (
    "FangSong_GB2312",
    "FangSong",
    "STFangsong",
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "Noto Serif SC",
)
"""Of these at least one must be there, or a page would be full of empty boxes."""


class NoFace(InputError):
    """The machine has no Chinese face."""

    def __init__(self) -> None:
        super().__init__(
            "没有可用的中文字体,不能生成 PDF;请安装 fonts-noto-cjk(Debian)或 "
            "google-noto-cjk-fonts(openEuler、麒麟),或改用 Word 格式。"
        )


@lru_cache(maxsize=1)
def _faces() -> typst.Fonts:
    """The machine's fonts, looked for once; NoFace where none is Chinese."""
    fonts = typst.Fonts()
    if not set(FACES) & set(fonts.families()):
        raise NoFace
    return fonts


def to_pdf(paper: Paper) -> bytes:
    """The PDF; the same paper gives the same bytes."""
    fonts = _faces()
    with tempfile.TemporaryDirectory(prefix="deskcheck-paper-") as name:
        folder = Path(name)
        shutil.copy(TEMPLATE, folder / "main.typ")
        data = {
            "title": set_text(paper.title),
            "official": paper.official,
            "landscape": paper.landscape,
            "red_head": set_text(paper.red_head),
            "number": set_text(paper.number),
            "addressee": set_text(paper.addressee),
            "watermark": set_text(paper.watermark),
            "foot": set_text(paper.foot),
            "blocks": [_plain(block, folder, n) for n, block in enumerate(paper.blocks)],
        }
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        made = typst.Compiler(folder / "main.typ", root=folder, font_paths=fonts).compile(
            format="pdf", timestamp=0
        )
    if not isinstance(made, bytes):
        raise StoreError("PDF 没有生成。")
    return made


def _plain(block: Block, folder: Path, place: int) -> dict[str, Any]:
    """A block as JSON; pictures as files beside it."""
    kind = type(block).__name__.lower()
    if isinstance(block, Photos):
        names: dict[str, str | None] = {}
        for side, picture in (("before", block.before), ("after", block.after)):
            names[side] = f"{place}-{side}.jpg" if picture is not None else None
            if picture is not None:
                (folder / f"{place}-{side}.jpg").write_bytes(picture)
        texts = {
            "before_text": set_text(block.before_text),
            "after_text": set_text(block.after_text),
        }
        return {"type": kind, "caption": set_text(block.caption), **names, **texts}
    return {"type": kind, **_texts(asdict(block))}


def _texts(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return set_text(value)
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(item) for item in value]
    return value
