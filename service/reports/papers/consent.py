"""告知书 and 个人信息保护影响评估: templates filled from a hall's set-up, for a person to finish.

What only the hall can know (legal basis, contact, who approved) is left as 【待填】: a template
must not look finished where nobody has decided.  Articles: 个人信息保护法 (2021) art. 13, 17, 24,
26, 51, 55, 56; 公共安全视频图像信息系统管理条例 (国务院令第799号, 2025-04-01).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from service.reports.papers.paper import Block, Heading, Paper, Para, Sign, Table
from service.reports.papers.words import day_zh

OPEN: Final = "【待填】"


@dataclass(frozen=True, slots=True)
class HallPapers:
    """What the set-up knows: cameras as (id, place, desks in view), spot checks, terms in days."""

    hall: str
    on: date
    cameras: tuple[tuple[str, str, int], ...]
    desks: int
    stills: str
    originals_days: int
    frames_days: int
    dismissed_days: int
    closed_days: int
    sealed: bool
    trial: bool
    clauses: tuple[tuple[str, str], ...]


def staff_notice(facts: HallPapers, *, reader: str, made: datetime) -> Paper:
    """告窗口工作人员书: what is looked at, what never is, how to object."""
    places = "、".join(place or id for id, place, _ in facts.cameras) or OPEN
    sealed = "加密保存," if facts.sealed else ""
    blocks: list[Block] = [
        Para(
            f"根据本县(区)政务服务中心6S管理标准,{facts.hall}使用“桌面巡检”系统开展视频监控抽查。"
            "现将有关事项告知如下:"
        ),
        Heading("一、看什么"),
        Para(
            f"系统只判断物品的摆放,涉及 {facts.desks} 个工位、{len(facts.cameras)} 台摄像机"
            f"({places})。{facts.stills}判断的条款见附表。"
        ),
        Heading("二、不看什么"),
        Para(
            "不做人脸识别,不识别身份、情绪、着装和体态,不统计在岗时长,不录音。"
            "卫生间、更衣室不设摄像机。画面中的人在保存展示之前即被遮盖。"
        ),
        Heading("三、谁来认定"),
        Para(
            "系统只提示疑似问题。每一条都由具名的巡检员查看画面后确认或否定,未经确认不进入台账、"
            "不计分。画面看不清、被遮挡、没有拍到的,一律不作结论。"
        ),
        Heading("四、保存多久"),
        Para(
            f"未遮盖的原始画面{sealed}至多保存 {facts.originals_days} 天;未发现问题的遮盖画面保存 "
            f"{facts.frames_days} 天;认定不成立的证据保存 {facts.dismissed_days} 天;"
            f"已认定问题的证据在办结后保存 {facts.closed_days} 天。到期删除并留有记录。"
        ),
        Heading("五、您的权利"),
        Para(
            "您可以通过首席代表查阅与本窗口有关的问题和遮盖后的照片;对认定有异议的,可在台账中申诉"
            "(群众物品、共用工位、误判或其他),由另一名巡检员裁定;也可对标准条款提出意见。"
            f"个人信息保护联系人:{OPEN},电话:{OPEN}。"
        ),
        Heading("六、处理依据"),
        Para(
            f"处理个人信息的法律依据:{OPEN}(个人信息保护法第十三条;涉及公共安全摄像机的,"
            "须同时符合第二十六条)。请由本单位法制机构确定后填写。"
        ),
    ]
    if facts.trial:
        blocks.append(Para("目前处于试行期:发现的问题只通报、不计分。"))
    blocks += [
        Table(("条款", "要求"), facts.clauses, (1.6, 6.4), "cl", "附表 由摄像机判断的条款"),
        Sign((OPEN, day_zh(facts.on))),
    ]
    return Paper(
        title=f"{facts.hall}视频监控抽查告知书",
        blocks=tuple(blocks), official=True, reader=reader, made=made,
    )  # fmt: skip


def impact_assessment(facts: HallPapers, *, reader: str, made: datetime) -> Paper:
    """个人信息保护影响评估报告 (arts. 55, 56): facts filled in, judgements left to people."""
    cameras = tuple((id, place or OPEN, str(desks), OPEN) for id, place, desks in facts.cameras)
    measures = (
        ("目的限定", "只判断物品摆放;不做人脸、身份、情绪、着装、体态分析", "已实现"),
        ("最小必要", f"静态截图抽查,不连续录像。{facts.stills}", "已实现"),
        ("遮盖", "画面中的人在保存展示之前遮盖;导出的图片同样遮盖", "已实现"),
        ("保存期限", f"原始 {facts.originals_days} 天,无问题画面 {facts.frames_days} 天,"
         f"不成立证据 {facts.dismissed_days} 天,问题办结后 {facts.closed_days} 天;到期删除并留痕",
         "已实现"),
        ("加密", "原始画面到达即以 AES-256-GCM 加密;密钥文件应移出数据文件夹保管" if facts.sealed
         else "原始画面未加密(设置 seal_stills 已关闭)", "已实现" if facts.sealed else "须整改"),
        ("访问控制", "按角色和大厅授权,默认拒绝;每次查看图片、每次修改都记入防篡改日志", "已实现"),
        ("自动化决策", "不作自动化决策:由具名巡检员确认后方可计分,可申诉,由他人裁定", "已实现"),
        ("告知", "向工作人员发放告知书;大厅入口设置显著的提示标识", OPEN),
        ("法律依据", "个人信息保护法第十三条何项;是否涉及第二十六条的公共安全摄像机", OPEN),
    )  # fmt: skip
    risks = (
        ("误判影响个人考核", "人工逐条确认;无法判定不作结论;申诉另人裁定;再次盲查一致性"),
        ("画面泄露", "先遮盖后展示;短期加密保存;水印署名导出;日志可核验"),
        ("超范围使用", "系统不提供身份识别功能;摄像机地址仅管理员可设,限定网段"),
        ("拍到办事群众", "人一律遮盖;公众侧物品不计入工位"),
    )
    blocks: list[Block] = [
        Para("依据个人信息保护法第五十五条、第五十六条开展;本报告和处理情况记录至少保存三年。"),
        Heading("一、处理活动"),
        Table(
            (),
            (
                ("大厅", facts.hall, "评估日期", day_zh(facts.on)),
                ("工位数", str(facts.desks), "摄像机数", str(len(facts.cameras))),
                ("处理者", OPEN, "负责人", OPEN),
            ),
            (1.3, 3, 1.3, 3),
            "clcl",
        ),
        Table(("摄像机", "位置", "可见工位", "原安装用途"), cameras, (1.5, 3, 1.2, 3), "clcl"),
        Heading("二、目的和方式是否合法、正当、必要"),
        Para(f"目的:6S管理的视频监控抽查。方式:静态截图。结论:{OPEN}"),
        Heading("三、已采取的措施"),
        Table(("事项", "措施", "状态"), measures, (1.6, 6, 1.4), "clc"),
        Heading("四、对个人权益的影响及安全风险"),
        Table(("风险", "对策", "剩余风险"), tuple((*r, OPEN) for r in risks), (2, 5, 1.4), "llc"),
        Heading("五、结论"),
        Para(f"保护措施是否合法、有效并与风险程度相适应:{OPEN}"),
        Sign((f"评估人:{OPEN}", f"负责人:{OPEN}", day_zh(facts.on))),
    ]
    return Paper(
        title=f"{facts.hall}视频监控抽查个人信息保护影响评估报告",
        blocks=tuple(blocks), reader=reader, made=made,
    )  # fmt: skip
