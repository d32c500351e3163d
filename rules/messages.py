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
    "gate_frozen": (
        "画面冻结, 与上一帧相同[, 画面时间 {minutes} 分钟未变]",
        "the picture is frozen[: its written time stood still for {minutes} minutes]",
    ),
    "gate_black": ("画面全黑", "the picture is black"),
    "gate_blurred": ("画面模糊", "the picture is blurred"),
    "gate_blocked": ("镜头被遮挡", "the lens is blocked"),
    "gate_moved": ("摄像机发生位移, 规则暂停", "the camera has moved; its rules pause"),
    "gate_camera_moved": (
        "摄像机此前发生位移, 尚无人确认, 规则暂停",
        "the camera was knocked before and nobody has looked yet; its rules pause",
    ),
    "gate_wrong_camera": ("不是该摄像机的画面", "this is another camera's picture"),
    "gate_wrong_time": (
        "画面时间不符[, 相差 {minutes} 分钟]",
        "the picture's time is wrong[ by {minutes} minutes]",
    ),
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
    "no_reference": (
        "没有此光照({light})的基准图对比",
        "not compared with a clean picture ({light})",
    ),
    "no_reference_now": (
        "有基准图, 但没有此光照({light})的",
        "there is a clean picture, but none of this light ({light})",
    ),
    "all_changed": (
        "整个区域变化 {share_percent}%, 可能是光照或移位",
        "{share_percent} % of the zone changed: light or a knocked camera",
    ),
    "line_on_floor": (
        "地面有基准图上没有的线状物, 约 {length_cm} cm, 疑为线缆[, 共 {pieces} 处]",
        "a line on the floor that the clean picture lacks, some {length_cm} cm: a cable by its look"
        "[, {pieces} in all]",
    ),
    "unnamed_change": (
        "与基准图相比有一处无法识别的变化[, 约 {area_cm2} cm²]",
        "something changed against the clean picture that nothing explains[, {area_cm2} cm²]",
    ),
    "too_coarse": (
        "每厘米 {px_per_cm} px, 需 {needed_px_per_cm} px",
        "{px_per_cm} px per cm, {needed_px_per_cm} are needed",
    ),
    "thing_not_seen": ("未见{class}", "no {class} was seen"),
    "set_not_seen": (
        "{expected} 件中只见 {pieces} 件",
        "only {pieces} of {expected} things were seen",
    ),
    "too_few_things": (
        "只见 {pieces} 件, 至少 {needed} 件才能判定",
        "{pieces} seen, at least {needed} are needed",
    ),
    "line_not_seen": (
        "[{line}: ]此处应有 {expected} 件, 只看清 {pieces} 件",
        "[{line}: ]{expected} should stand here, only {pieces} were seen well enough",
    ),
    "no_shared_plane": (
        "布局没有公共{plane}平面, 无法量取厘米",
        "the layout has no shared {plane} plane to measure on",
    ),
    "count_not_sure": (
        "只见{class} {pieces} 件, 不能认定缺少",
        "only {pieces} {class} seen: not enough to say that one is missing",
    ),
    "grey_light": ("灰度画面({light}), 无法判定", "grey or dark picture ({light})"),
    "no_colour": ("{class}没有颜色测量值", "no colour was measured for the {class}"),
    "colour_borderline": (
        "色差 ΔE {delta_e}, 接近限值 {limit_delta_e}",
        "ΔE {delta_e} is close to the limit {limit_delta_e}",
    ),
    "light_on_floor": (
        "地面有 {pieces} 处大面积变化, 可能是光影",
        "{pieces} large changes on the floor: perhaps light",
    ),
    "maybe_on": (
        "{zone}亮度 {luminance}, 不能认定是否关闭",
        "{zone} at L* {luminance}: on or off can't be told",
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
    "could_be_other": (
        "疑有{class}(置信度 {confidence}), 亦可能是{other}(置信度 {other_confidence}), 不足以认定",
        "perhaps a {class}, confidence {confidence}, or a {other}, confidence {other_confidence}: "
        "not enough to say",
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
    "presence_not_seen": (
        "{first}—{last} 连续 {frames} 帧未能看到有人或标识牌, 其中有无法判定的, 不能认定在岗",
        "from {first} to {last} nobody and no sign was seen in {frames} frames running, and not "
        "all of them could be judged",
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
    "not_allowed": (
        "{zone}有规定外物品 {things}[, 距桌沿 {edge_cm} cm]",
        "{things} on the {zone}, not on its list[, {edge_cm} cm from the edge]",
    ),
    "unknown_thing": (
        "{zone}与基准图不符 {pieces} 处[, 面积 {area_cm2} cm²], ΔE {delta_e}",
        "{pieces} places of the {zone} differ from the reference[, {area_cm2} cm²], ΔE {delta_e}",
    ),
    "missing": (
        "应有 {expected} 件, 缺 {missing}",
        "{missing} missing of {expected} that belong here",
    ),
    "too_many": (
        "{class} {pieces} 件, 规定 {expected} 件",
        "{pieces} {class}, {expected} belong here",
    ),
    "too_few": (
        "{class}仅 {pieces} 件, 规定 {expected} 件",
        "only {pieces} {class}, {expected} belong here",
    ),
    "off_home": (
        "{class}不在定位处[, 偏离 {distance_cm} cm]",
        "the {class} is not at its home[, {distance_cm} cm off]",
    ),
    "left_home": (
        "定位处已没有{class}, 与基准图相比变化 {changed_percent}%",
        "the {class} is gone from its home: {changed_percent} % of it changed",
    ),
    "moved_from_home": (
        "{class}偏离定位 {distance_cm} cm, 容差 {tolerance_cm} cm",
        "the {class} is {distance_cm} cm from its place, tolerance {tolerance_cm} cm",
    ),
    "wrong_order": (
        "自左至右为 {found}, 应为 {wanted}",
        "left to right: {found}; wanted: {wanted}",
    ),
    "off_the_line": (
        "{line} 残差 {residual_cm} cm, 容差 {tolerance_cm} cm, 共 {pieces} 件",
        "{line}: {residual_cm} cm off the line of {pieces}, tolerance {tolerance_cm} cm",
    ),
    "uneven_gaps": (
        "间距 {gap_cm} cm, 多为 {middle_cm} cm, 容差 {tolerance_cm} cm",
        "a gap of {gap_cm} cm among {middle_cm} cm, tolerance {tolerance_cm} cm",
    ),
    "far_from_counter": (
        "距柜台 {gap_cm} cm, 限 {tolerance_cm} cm",
        "{gap_cm} cm from the counter, at most {tolerance_cm} cm",
    ),
    "colour_differs": (
        "{class}色差 ΔE {delta_e}, 限 {limit_delta_e}",
        "the {class} differs by ΔE {delta_e}, limit {limit_delta_e}",
    ),
    "loud_colour": (
        "{class}彩度 {chroma}, 限 {limit_chroma}, 由检查人认定",
        "the {class}'s chroma is {chroma}, limit {limit_chroma}: the inspector decides",
    ),
    "dirt_seen": (
        "地面有 {things}[, 最长 {longest_cm} cm]",
        "{things} on the floor[, up to {longest_cm} cm]",
    ),
    "floor_differs": (
        "地面与干净基准图不符 {pieces} 处, 共 {area_cm2} cm², ΔE {delta_e}",
        "{pieces} places on the floor differ, {area_cm2} cm², ΔE {delta_e}",
    ),
    "left_on": (
        "{zone}未关 {pieces} 处, 亮度 {luminance}, 周围 {around_luminance}",
        "{pieces} {zone} left on, L* {luminance} against {around_luminance} around",
    ),
    # clean
    "as_reference": ("与基准图一致", "as in the clean reference"),
    "all_there": ("{expected} 件齐全", "all {expected} are there"),
    "count_right": ("数量相符", "the numbers are right"),
    "in_place": ("在定位处", "in its place"),
    "in_place_cm": (
        "最大偏离 {distance_cm} cm, 容差 {tolerance_cm} cm",
        "at most {distance_cm} cm off, tolerance {tolerance_cm} cm",
    ),
    "order_right": ("次序正确, {pieces} 件", "{pieces} things in their order"),
    "on_one_line": (
        "{line} 残差 {residual_cm} cm, 容差 {tolerance_cm} cm",
        "{line}: {residual_cm} cm, tolerance {tolerance_cm} cm",
    ),
    "even_gaps": (
        "间距相差 {gap_cm} 与 {middle_cm} cm, 在容差 {tolerance_cm} cm 内",
        "gaps of {gap_cm} and {middle_cm} cm, tolerance {tolerance_cm} cm",
    ),
    "colour_alike": ("色差 ΔE {delta_e}", "ΔE {delta_e}"),
    "plain_colour": ("彩度 {chroma}", "chroma {chroma}"),
    "floor_clean": ("地面干净", "the floor is clean"),
    "all_off": ("均已关闭, 亮度 {luminance}", "all off, L* {luminance}"),
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
    if key in ("class", "thing", "other") and isinstance(value, str):
        return CLASS_ZH.get(value, value) if lang == "zh" else value.replace("_", " ")
    if key == "plane" and lang == "zh":
        return "地面" if value == "floor" else "桌面"
    if key in ("zone", "carrier", "place") and isinstance(value, str):
        return ZONE_ZH.get(value, value) if lang == "zh" else value.replace("_", " ")
    if key in ("found", "wanted") and isinstance(value, str) and lang == "zh":
        return " ".join(CLASS_ZH.get(cls, cls) for cls in value.split())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _counted(cls: str, count: int, lang: Lang) -> str:
    if lang == "zh":
        return f"{CLASS_ZH.get(cls, cls)} {count} {UNIT_ZH.get(cls, '个')}"
    return f"{count} {cls.replace('_', ' ')}"
