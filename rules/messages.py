"""Reasons as sentences, Chinese first: a code and its values in, one sentence out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from datasets.classes import CLASS_ZH
from rules.verdict import Reason, Value

Lang = Literal["zh", "en"]

ZONE_ZH: Final[Mapping[str, str]] = {
    "desk_top": "桌面",
    "public_side": "群众侧",
    "cup_point": "水杯定点",
    "phone_point": "手机存放点",
    "staff": "人员座位区",
    "chair": "座椅位置",
    "chair_back": "椅背",
    "seat": "座面",
    "under_desk": "办公桌下",
    "floor": "地面",
    "sign": "暂停服务牌位",
    "bin_home": "纸篓定点",
    "cabinet_top": "柜顶",
    "cabinet": "文件柜",
    "wall": "墙面",
    "rack": "取阅架",
    "counter_top": "柜台台面",
    "public_sight": "群众视线区",
    "keep_clear": "通道及消防器材前",
    "screen": "屏幕",
    "lamp": "灯具",
    "fixture": "公共设施位",
    "service_box": "便民服务箱位",
    "pen_base": "签字笔座位",
}

UNIT_ZH: Final[Mapping[str, str]] = {
    "phone": "部", "person": "人", "chair": "把", "umbrella": "把", "clothing": "件",
    "paper": "张", "book": "本", "cable": "根", "plant": "盆", "monitor": "台", "laptop": "台",
    "printer": "台", "scanner": "台", "doc_camera": "台", "telephone": "部", "desk": "张",
    "stain": "处", "litter": "处", "earphones": "副", "notice": "张", "bottle": "瓶",
}  # fmt: skip

MESSAGES: Final[Mapping[str, tuple[str, str]]] = {
    # frames
    "no_frame": ("该时段没有取到画面", "no frame was taken in this window"),
    "no_camera": ("没有摄像机覆盖此处", "no camera covers this place"),
    "no_check": ("该时段没有适用的检查项", "no check applies in this window"),
    "not_this_zone": ("此检查项不针对该区域", "this check is for other zones"),
    "exempt": ("已登记例外至 {until}: {why}", "an exception is registered until {until}: {why}"),
    "calendar_year_unknown": (
        "没有 {year} 年的工作日历, 无法区分班内班外",
        "there is no working calendar for {year}, so working hours are not known",
    ),
    "between_hours": ("两段办公时间之间, 不作检查", "between two spans of hours: not judged"),
    "tidying_up": ("下班后整理时间内, 不作检查", "in the minutes after close: not judged"),
    "gate_undecodable": ("画面无法解码", "the frame does not decode"),
    "gate_placeholder": ("录像机占位画面", "the recorder's placeholder, not a picture"),
    "gate_frozen": ("画面冻结, 与上一帧相同", "the picture is frozen"),
    "gate_black": ("画面全黑", "the picture is black"),
    "gate_blurred": ("画面模糊", "the picture is blurred"),
    "gate_blocked": ("镜头被遮挡", "the lens is blocked"),
    "gate_moved": ("摄像机发生位移, 规则暂停", "the camera has moved; its rules pause"),
    "gate_wrong_camera": ("不是该摄像机的画面", "this is another camera's picture"),
    "gate_wrong_time": ("画面时间不符", "the picture's time is wrong"),
    "unknown_camera": ("布局中没有此摄像机", "the layout has no such camera"),
    "other_day": ("不是当天的画面", "a frame of another day"),
    "same_frame_twice": ("同一画面重复", "the same frame twice"),
    # what keeps a place from being judged
    "not_configured": ("布局未配置{zone}", "not configured: the layout has no {zone} zone"),
    "zone_not_measured": ("区域 {zone} 没有测量值", "zone {zone} was not measured"),
    "out_of_view": (
        "区域 {zone} 仅 {in_view_percent}% 在画面内",
        "only {in_view_percent} % of zone {zone} is in the picture",
    ),
    "too_dark": ("区域过暗, 亮度 {luminance}", "too dark to judge, L* {luminance}"),
    "person_hides": (
        "被人员遮挡 {hidden_percent}%",
        "people hide {hidden_percent} % of it",
    ),
    "things_hide": (
        "被物品遮挡 {hidden_percent}%",
        "things hide {hidden_percent} % of it",
    ),
    "no_scale": ("没有尺度, 无法判断像素是否足够", "no scale: pixels per cm are not known"),
    "too_few_pixels": (
        "像素不足: {class} 短边 {short_side_px} px, 至少 {needed_px} px",
        "too few pixels: a {class} shows {short_side_px} px, {needed_px} px are needed",
    ),
    "class_not_known": (
        "所用模型不识别{class}, 无法判定",
        "the model does not know the class {class}",
    ),
    "too_far": ("距离过远, 不足 {needed_px} px", "too far away: under {needed_px} px"),
    "in_use": ("有人员在座, 物品可能正在使用", "somebody is there; things may be in use"),
    "person_over_thing": (
        "{class}与人员重叠, 可能在手中",
        "the {class} overlaps a person and may be held",
    ),
    "maybe_seen": (
        "疑有{class}, 置信度 {confidence}, 不足以认定",
        "perhaps a {class}, confidence {confidence}: not enough to say",
    ),
    "seen_once": (
        "{judged} 帧中仅 {suspect} 帧可疑, 需 {needed} 帧",
        "suspect in only {suspect} of {judged} frames; {needed} are needed",
    ),
    "seat_taken": ("座椅可能有人, 不作判定", "somebody may sit there"),
    "chair_not_seen": ("未见座椅", "the chair was not seen"),
    "maybe_present": ("可能有人或标识牌, 不能认定离岗", "a person or sign may be there"),
    "too_few_frames": (
        "{frames} 帧无人, 需间隔 {needed_minutes} 分钟的 {needed_frames} 帧",
        "nobody in {frames} frames; {needed_frames} frames {needed_minutes} minutes apart needed",
    ),
    # findings
    "thing_in_zone": (
        "{zone}有 {things}[, 距桌沿 {edge_cm} cm]",
        "{things} on the {zone}[, {edge_cm} cm from the edge]",
    ),
    "off_its_point": (
        "{things} 未放在定点[, 距桌沿 {edge_cm} cm]",
        "{things} off the fixed point[, {edge_cm} cm from the edge]",
    ),
    "thing_on_chair": (
        "{carrier}上有 {things}, 重叠 {share_percent}%",
        "{things} on the {carrier}, {share_percent} % of it",
    ),
    "cable_on_floor": (
        "{things} 触及地面[, 长 {length_cm} cm][, {strands} 股]",
        "{things} touching the floor[, {length_cm} cm long][, {strands} strands]",
    ),
    "absent_no_sign": (
        "{first} 至 {last} 共 {frames} 帧无人且无暂停服务牌, 相隔 {minutes} 分钟",
        "nobody and no pause sign in {frames} frames from {first} to {last}, {minutes} minutes",
    ),
    "absent_now": ("此帧无人且无暂停服务牌", "nobody and no pause sign in this frame"),
    # clean
    "nothing_found": ("未发现问题", "nothing found"),
    "chair_clear": ("椅上无物", "nothing on the chair"),
    "floor_clear": ("线缆未触地", "no cable touches the floor"),
    "present": ("有人在岗", "somebody is there"),
    "sign_stands": ("已放置暂停服务牌", "the pause sign stands"),
    "present_or_sign": ("{frames} 帧有人在岗或已放牌", "somebody or the sign in {frames} frames"),
}

_OPTIONAL: Final = re.compile(r"\[([^\[\]]*)\]")
_THINGS: Final = re.compile(r"([a-z_]+)×(\d+)")


def sentence(reason: Reason, lang: Lang = "zh") -> str:
    """The reason as one sentence; parts in [brackets] only where their value was measured."""
    template = MESSAGES[reason.code][0 if lang == "zh" else 1]
    values = {key: _shown(key, value, lang) for key, value in reason.values.items()}

    def optional(match: re.Match[str]) -> str:
        names = re.findall(r"{(\w+)}", match[1])
        return match[1] if all(name in values for name in names) else ""

    return _OPTIONAL.sub(optional, template).format_map(values)


def _shown(key: str, value: Value, lang: Lang) -> str:
    if key in ("things", "missing", "extra") and isinstance(value, str):
        return _THINGS.sub(lambda m: _counted(m[1], int(m[2]), lang), value)
    if key in ("class", "thing") and isinstance(value, str):
        return CLASS_ZH.get(value, value) if lang == "zh" else value.replace("_", " ")
    if key in ("zone", "carrier", "place") and isinstance(value, str):
        return ZONE_ZH.get(value, value) if lang == "zh" else value.replace("_", " ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _counted(cls: str, count: int, lang: Lang) -> str:
    if lang == "zh":
        return f"{CLASS_ZH.get(cls, cls)} {count} {UNIT_ZH.get(cls, '个')}"
    return f"{count} {cls.replace('_', ' ')}"
