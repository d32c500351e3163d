"""What is wrong with a draft of a layout, as a line, a field and a sentence with its mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from vision.seen import InputError

_SENTENCE: Final = re.compile(
    r"^(?P<file>[^,:]+), line (?P<line>\d+)(?:, (?P<field>[^:]+?))?: (?P<what>.*)$", re.DOTALL
)
_PART: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class SetupError(InputError):
    """A field of a set-up page is wrong.

    ``template`` and ``values`` make the sentence again in another language; ``field`` names it.
    """

    def __init__(self, template: str, *, field: str = "", **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values: Mapping[str, object] = values
        self.field = field


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a draft.

    ``line`` of its YAML, from 1; ``path`` leads to the field in the data; ``english`` is the
    rules' own sentence, ``template`` and ``values`` the same for people, where it is a known one.
    """

    line: int
    field: str
    path: tuple[str | int, ...]
    english: str
    template: str | None = None
    values: Mapping[str, str] | None = None


KNOWN: Final[tuple[tuple[str, str], ...]] = (
    (r"(\d+) points are no area", "只有 {a} 个点,围不成区域;至少点三个点。"),
    (r"its edges cross or touch", "边线交叉或相接;请按顺序沿边缘点角点。"),
    (r"its points lie on a line; spread", "各点在一条直线上;请围出一块区域。"),
    (r"(\d+) points fix no plane", "只有 {a} 个点,定不出平面;至少点四个角。"),
    (r"its points lie on a line or repeat", "各点在一条直线上或重复;请点四个真实的角。"),
    (r"its points lie on a line; click", "各点在一条直线上;请把角点点开。"),
    (r"point \d+ is .*outside the picture", "有点落在画面之外;请移回画面之内。"),
    (r"there is no desk '(.*?)'", "没有工位“{a}”;请改选,或先添加该工位。"),
    (r"there are two desks '(.*?)'", "有两个工位都叫“{a}”;编号不能重复。"),
    (r"there are two cameras '(.*?)'", "有两台摄像机都叫“{a}”;编号不能重复。"),
    (r"there are two zones '(.*?)'", "有两个区域都叫“{a}”;编号不能重复。"),
    (r"there is no zone '(.*?)'", "没有区域“{a}”;请改选已有的区域。"),
    (r"desk '(.*?)' has two desk_top", "工位“{a}”在此机位有两块桌面;请只留一块。"),
    (r"a desk plane without its desk", "桌面平面没有指明工位;请选工位。"),
    (r"a (\w+) zone belongs to a desk", "这种区域({a})须属于某个工位;请选工位。"),
    (r"no desk has window '(.*?)'", "没有工位属于窗口“{a}”;请改窗口名或工位。"),
    (r"'(.*?)' names a toilet", "“{a}”是卫生间或更衣室,依法不得安装摄像机;请删去。"),
    (r"'(.*?)' is no class that is seen", "“{a}”不是系统能识别的物品;请改选。"),
    (r"'(.*?)' is no key of this place", "此处没有“{a}”这一项;请删去或改名。"),
    (r"there is no file (\S+?);", "基准图 {a} 不在了;请重新上传或从截图中选取。"),
    (r"it is missing", "缺少这一项;请补上。"),
    (r".* is not known here", "此处不能这样写;请从给定的值中选。"),
    (r"'?(.*?)'? ends before it starts", "“{a}”结束早于开始;请先写早的时间。"),
    (r"'?(.*?)'? is no span of time", "“{a}”不是时间段;请写成 09:00-17:00 或 closed。"),
    (r"version (\d+) is newer", "版本 {a} 新于本系统所能读取;请升级系统。"),
    (r"this is not the YAML", "这一行不是可读的 YAML;每级缩进两格,写成“键: 值”。"),
    (r"it is empty", "内容为空;请填写。"),
    (r".* won't do: ", "填写的值不合要求;请修改。"),
)
"""The rules' sentences that people meet in the editor, and the same in Chinese."""


def fault_of(error: InputError) -> Fault:
    """The rules' one sentence taken apart."""
    text = str(error)
    found = _SENTENCE.match(text)
    if found is None:
        return Fault(1, "", (), text)
    field = found["field"] or ""
    what = found["what"]
    template, values = known(what)
    return Fault(int(found["line"]), field, path_of(field), what, template, values)


def known(what: str) -> tuple[str | None, Mapping[str, str] | None]:
    """The Chinese template of a known sentence, and the value in it."""
    for pattern, template in KNOWN:
        match = re.match(pattern, what)
        if match:
            return template, {"a": match[1]} if match.groups() else {}
    return None, None


def path_of(field: str) -> tuple[str | int, ...]:
    """``cameras[0].zones[2].polygon`` -> ("cameras", 0, "zones", 2, "polygon")."""
    if not field or field == "the file":
        return ()
    return tuple(int(m[1]) if m[1] else m[2] for m in _PART.finditer(field))


def place_names(data: Any, path: tuple[str | int, ...]) -> list[str]:  # noqa: ANN401 - plain data
    """What people call the places on the way to a field: camera CAM1, desk D3."""
    names: list[str] = []
    here = data
    for part in path:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(here, dict) and isinstance(part, int):
            name = here.get("id") or " ".join(
                str(here[k]) for k in ("desk", "kind", "thing") if here.get(k)
            )
            names.append(str(name or part + 1))
    return names
