"""What the made-up hall's findings say: clauses, sentences, measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from service.review.book import Clause

CLAUSES: Final = {
    clause.id: clause
    for clause in (
        Clause(
            "2S-2-(4)",
            "工作时间手机应入屉存放或放置在后台办公区,前台桌面不得摆放手机及其他配件",
            "No phone or accessories on the front desk in working hours",
        ),
        Clause("2S-2-(9)a", "热水瓶、水杯等定点放置", "Cups and flasks at their fixed point"),
        Clause(
            "2S-2-(8)",
            "脱下的衣服收纳于更衣室或后台办公室内,不得在窗口区随意放置,禁止搭放在办公椅背上",
            "No clothes over chair backs",
            "forbid",
        ),
        Clause(
            "2S-2-(5)",
            "办公桌下方的各种电源线、网线、电话线和电脑连接线等整齐理顺,不杂乱,电源插线板、电源线等线缆统一捆扎不得触及地面",
            "Cables and power strips off the floor",
        ),
    )
}
THING_OF: Final = {
    "2S-2-(4)": ("phone", "phone"),
    "2S-2-(9)a": ("cup", "cup"),
    "2S-2-(8)": ("clothing", "clothing"),
    "2S-2-(5)": ("cable", "cable"),
}
SENTENCES: Final = {
    "phone_on_desk": (
        "前台桌面有手机,短边 {short_side_px} 像素。",
        "Phone on the front desk, short side {short_side_px} px.",
    ),
    "cup_off_point": (
        "水杯离定点 {distance_cm} cm,容差 {tolerance_cm} cm。",
        "Cup {distance_cm} cm off its point, tolerance {tolerance_cm} cm.",
    ),
    "clothes_on_chair": ("椅背上搭有衣物,座位无人。", "Clothing over an empty chair's back."),
    "cable_on_floor": ("线缆触地 {length_cm} cm。", "{length_cm} cm of cable on the floor."),
    "no_frame": ("这一时段没有收到图像。", "No frame in this window."),
    "person_in_front": (
        "有人遮挡工位 {hidden_percent}%。",
        "People hide {hidden_percent}% of the desk.",
    ),
    "clean": ("未见问题。", "Nothing found."),
}
REASON_OF: Final[Mapping[str, tuple[str, dict[str, float]]]] = {
    "2S-2-(4)": ("phone_on_desk", {"short_side_px": 24}),
    "2S-2-(9)a": ("cup_off_point", {"distance_cm": 31.5, "tolerance_cm": 8}),
    "2S-2-(8)": ("clothes_on_chair", {}),
    "2S-2-(5)": ("cable_on_floor", {"length_cm": 46}),
}
MEASURES: Final = {
    "short_side_px": ("短边", "short side", "px"),
    "distance_cm": ("距离", "distance", "cm"),
    "tolerance_cm": ("容差", "tolerance", "cm"),
    "length_cm": ("长度", "length", "cm"),
}
