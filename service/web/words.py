"""Words shown for stored codes: states, windows, reasons, sources.  Chinese is the source text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from service.auth.roles import ROLE_ZH
from service.ledger.states import FIELD_ZH, STATE_ZH, STEP_ZH

ROLES: Final[Mapping[str, str]] = {role.value: zh for role, zh in ROLE_ZH.items()}

DISMISS_REASONS: Final[Mapping[str, str]] = {
    "citizen_item": "群众物品",
    "shared_desk": "共用工位",
    "mistaken": "看错/误判",
    "fixed": "已整改",
    "in_use": "正在使用",
    "allowed": "经批准",
    "other": "其他",
}
"""In the order of their digit keys."""

STATES: Final[Mapping[str, str]] = {
    "open": "待确认",
    "confirmed": "已确认",
    "dismissed": "不成立",
    "withdrawn": "已撤销",
}

WINDOWS: Final[Mapping[str, str]] = {"W": "工作时间", "P": "开门前", "N": "下班后"}

SOURCES: Final[Mapping[str, str]] = {
    "camera": "视频抽查",
    "manual": "人工补记",
    "patrol": "日巡查",
    "joint": "集中检查",
}

ACTIONS: Final[Mapping[str, str]] = {
    "confirm": "确认成立",
    "dismiss": "不成立",
    "undo": "撤回",
    "add": "补记",
    "withdraw": "系统撤销",
    "reopen": "系统重开",
}

VERDICTS: Final[Mapping[str, str]] = {
    "pass": "合格",
    "suspect": "疑似",
    "unjudged": "无法判定",
}

CASE_STATES: Final[Mapping[str, str]] = {state.value: zh for state, zh in STATE_ZH.items()}

STEPS: Final[Mapping[str, str]] = {step.value: zh for step, zh in STEP_ZH.items()}

APPEALS: Final[Mapping[str, str]] = {
    "citizen_item": "群众物品",
    "shared_desk": "共用工位",
    "mistaken": "看错/误判",
    "other": "其他",
}

APPEAL_STATES: Final[Mapping[str, str]] = {
    "open": "待裁定",
    "upheld": "申诉成立",
    "denied": "申诉不成立",
}

SCRIPT_TEXTS: Final[Mapping[str, str]] = {
    "offline": "网络不通,未能提交。",
    "refused": "服务器拒绝了请求",
    "already": "这一条已经处理过,如需更改请先撤回。",
    "not-yet": "图片尚未显示,请稍候。",
    "no-reference": "这个机位没有参照图。",
    "no-earlier": "这一条没有前一晚的图。",
    "no-picture": "图片无法读取。",
    "draw-first": "请先在图上画框。",
    "missed": "补记",
    "held": "{name}正在看这一条;按 → 看下一条,也可以照常处理。",
    "changed": "这一条刚有变化,已为您显示最新状态。",
    "confirm": "已确认",
    "dismiss": "不成立",
}
"""What scripts say; keys are the ones of ``text()`` in the browser sources."""

GATE_REASONS: Final[Mapping[str, str]] = {
    "undecodable": "图像损坏",
    "placeholder": "占位画面",
    "frozen": "画面冻结",
    "black": "画面全黑",
    "blurred": "画面模糊",
    "blocked": "镜头被遮挡",
    "moved": "机位移动",
    "camera_moved": "移位后待人工确认",
    "wrong_camera": "画面不是该机位",
    "wrong_time": "时间不符",
}

ALL_WORDS: Final = tuple(
    {
        *DISMISS_REASONS.values(),
        *STATES.values(),
        *WINDOWS.values(),
        *SOURCES.values(),
        *ACTIONS.values(),
        *SCRIPT_TEXTS.values(),
        *GATE_REASONS.values(),
        *ROLES.values(),
        *VERDICTS.values(),
        *CASE_STATES.values(),
        *STEPS.values(),
        *FIELD_ZH.values(),
        *APPEAL_STATES.values(),
    }
)
