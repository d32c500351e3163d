"""A draft of a layout: plain data to YAML and back, checked by the rules' own reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from rules.layout import HallLayout, layout_of
from rules.yaml_lines import MAX_BYTES, load_yaml
from service.halls import HALL_YAML
from service.setup.faults import SetupError
from vision.geometry import plane_map
from vision.seen import InputError, LayoutError

MAX_DEPTH: Final = 12
NAME_MAX: Final = 200
USUAL_SIZE: Final = (1920, 1080)
"""The picture that a camera of unknown size is taken to send."""
CODE: Final = re.compile(r"^[a-z0-9][a-z0-9_-]{0,31}$")
"""A hall's code: it becomes a folder's name and a case's number."""
DESK_NAME: Final = "{n}号工位"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class _Dumper(yaml.SafeDumper):
    """Block style for the frame, one line for each point list and each zone."""


def _is_small(value: object) -> bool:
    """Whether a value reads better on one line."""
    if isinstance(value, Mapping):
        return all(_is_flat(v) for v in value.values()) and not (
            "zones" in value or "cameras" in value
        )
    return _is_flat(value)


def _is_flat(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_flat(v) for v in value.values()) and "weekly" not in value
    if isinstance(value, list | tuple):
        return all(_is_flat(v) for v in value)
    return True


def _mapping(dumper: yaml.SafeDumper, data: Mapping[str, Any]) -> yaml.Node:
    top = bool({"schema", "zones", "weekly", "cameras"} & data.keys())
    return dumper.represent_mapping(
        "tag:yaml.org,2002:map", data.items(), flow_style=not top and _is_small(data)
    )


def _sequence(dumper: yaml.SafeDumper, data: Sequence[Any]) -> yaml.Node:
    # a list of groups stands in lines, a list of numbers or points on one
    groups = any(isinstance(item, Mapping) for item in data)
    pairs = groups and all(isinstance(i, Mapping) and "at" in i and "cm" in i for i in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=not groups or pairs)


_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _sequence)
_Dumper.add_representer(tuple, _sequence)


def text_of(data: Mapping[str, Any]) -> str:
    """The YAML of plain data, as ``rules`` reads it; the same data gives the same text."""
    refuse_odd(data)
    text: str = yaml.dump(
        dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    if len(text.encode()) > MAX_BYTES:
        raise SetupError("布局内容过大。")
    return text


def refuse_odd(value: object) -> None:
    """Refuse data that no YAML or database takes: control characters, endless nesting."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting:
        here, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise SetupError("布局嵌套过深。")
        if isinstance(here, str) and _CONTROL.search(here):
            raise SetupError("文字中含有不可见的控制字符,请删去。")
        if isinstance(here, float) and (here != here or here in (float("inf"), float("-inf"))):
            raise SetupError("有一个数值不是有效的数。")
        if isinstance(here, Mapping):
            waiting += [(v, depth + 1) for pair in here.items() for v in pair]
        elif isinstance(here, list | tuple):
            waiting += [(v, depth + 1) for v in here]


def layout_from(text: str, folder: Path) -> tuple[HallLayout, dict[str, Any]]:
    """The checked layout of a YAML text, as if it lay in ``folder``, and its plain data.

    Beyond the rules' own checks, every plane must really be one: the night would fail on it.
    """
    path = folder / HALL_YAML
    document = load_yaml(path, LayoutError, text=text)
    refuse_odd(document.data)
    layout = layout_of(document, path)
    if len(layout.hall.name) > NAME_MAX:
        line = document.line(("hall", "name"))
        raise LayoutError(
            f"{path.name}, line {line}, hall.name: it is longer than {NAME_MAX}; shorten it."
        )
    for i, camera in enumerate(layout.cameras):
        width, height = camera.size or USUAL_SIZE
        for j, plane in enumerate(camera.view.planes):
            try:
                plane_map(plane, width, height)
            except InputError:
                line = document.line(("cameras", i, "planes", j, "points"))
                raise LayoutError(
                    f"{path.name}, line {line}, cameras[{i}].planes[{j}].points: "
                    "its points lie on a line; click corners apart."
                ) from None
    return layout, document.data


def starter(code: str, name: str, level: str, desks: int, cameras: Sequence[str]) -> dict[str, Any]:
    """A new hall's first layout: its desks in their windows, its cameras, nothing drawn yet."""
    if not CODE.fullmatch(code):
        raise SetupError(
            "大厅编号只能用小写字母、数字、横线和下划线,以字母或数字开头,最多 32 位。", field="code"
        )
    if not 1 <= desks <= 200:
        raise SetupError("工位数须在 1 到 200 之间。", field="desks")
    return {
        "schema": 1,
        "hall": {"id": code, "name": name, "level": level, "mode": "trial"},
        "hours": {
            "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00"),
        },
        "desks": [
            {"id": f"D{i}", "name": DESK_NAME.format(n=i), "window": f"W{i}"}
            for i in range(1, desks + 1)
        ],
        "cameras": [{"id": camera} for camera in cameras],
    }
