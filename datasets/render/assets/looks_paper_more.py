"""More looks of paper and signs for teaching: one row an asset, as in `looks_paper`."""

from __future__ import annotations

from datasets.render.assets.boards_more import leaflets, posted
from datasets.render.assets.books_more import volume
from datasets.render.assets.core import add
from datasets.render.assets.files_more import office_file
from datasets.render.assets.paper_more import leaves
from datasets.render.assets.signs_more import desk_plate, pause

# fmt: off
n = (0.21, 0.07, 0.09)
add("name_plate", "train", "more_acrylic", desk_plate, n)
add("name_plate", "train", "more_acrylic_photo", desk_plate, n, layout="photo", accent="#3f78b8",
    words=("陈建国", "窗口受理岗", "工号 1036"), size=(0.2, 0.1))
add("name_plate", "train", "more_upright", desk_plate, n, kind="upright", layout="title",
    words=("综合窗口",), ink="#1c3f86", accent="#1c4a96", body="#d8dcdf", stuff="plain", both=True)
add("name_plate", "train", "more_upright_card", desk_plate, (0.12, 0.06, 0.16), kind="upright",
    layout="photo", words=("刘芳", "党员先锋岗"), accent="#c03030", size=(0.11, 0.155), both=True)
add("name_plate", "train", "more_prism_wood", desk_plate, n, kind="prism", words=("科 长",),
    ink="#e8d8a0", ground="#5a3018", body="#5c3219", size=(0.24, 0.075))
add("name_plate", "train", "more_prism_metal", desk_plate, n, kind="prism", layout="emblem",
    words=("党员先锋岗",), ink="#f6dc70", ground="#b81a1a", body="#c4a24c", stuff="metal",
    both=True)
add("name_plate", "train", "more_bent", desk_plate, n, kind="bent", layout="photo", stuff="metal",
    words=("赵敏", "税务登记", "工号 088"), ground="#cfd2d5", body="#c6c9cc", accent="#e4e6ea")
add("name_plate", "train", "more_bent_gold", desk_plate, n, kind="bent", layout="frame",
    words=("值班主任", "DUTY MANAGER"), ink="#2a1c0c", ground="#d2b06a", body="#c8a45c",
    stuff="metal", size=(0.22, 0.09))
add("name_plate", "train", "more_tent", desk_plate, n, kind="tent", layout="emblem",
    words=("巾帼文明岗", "政务服务中心"), ink="#c01a20", ground="#f5ecd8", both=True)
add("name_plate", "train", "more_tent_small", desk_plate, n, kind="tent", words=("引导员",),
    ink="#ffffff", ground="#c3222a", size=(0.16, 0.075), both=True)
add("name_plate", "train", "more_led", desk_plate, (0.26, 0.07, 0.1), kind="led",
    words=("03 社保窗口",), size=(0.25, 0.07))
add("name_plate", "train", "more_flag", desk_plate, (0.2, 0.08, 0.19), kind="flag",
    words=("咨询台", "ENQUIRY"), ink="#ffffff", ground="#1d5aa6", body="#c4c7ca",
    stuff="metal", size=(0.15, 0.09))
add("name_plate", "train", "more_slot", desk_plate, n, kind="slot", layout="title",
    words=("孙丽华", "不动产登记"), accent="#2a7a52", body="#b98a52", size=(0.15, 0.1))
add("name_plate", "train", "more_bar", desk_plate, n, kind="bar", words=("企业开办专区",),
    ink="#f4f4f2", ground="#22262c", body="#22262c", stuff="plain", size=(0.26, 0.06))

g = (0.25, 0.1, 0.15)
t = ("暂停服务", "SERVICE SUSPENDED")
add("pause_sign", "train", "more_t_stand", pause, g)
add("pause_sign", "train", "more_t_stand_icon", pause, g, layout="icon", words=("暂停办理",),
    ink="#ffffff", ground="#1a4d9c", accent="#e02a24", size=(0.28, 0.12))
add("pause_sign", "train", "more_t_stand_tall", pause, (0.18, 0.08, 0.22), layout="frame",
    words=("暂停", "服务"), ink="#f8f4e4", ground="#c01c1c", size=(0.16, 0.2))
add("pause_sign", "train", "more_block", pause, g, kind="block", words=("暂停服务",), stuff="wood",
    body="#9a6436", ground="#e6d2a8", ink="#7a1410")
add("pause_sign", "train", "more_block_dark", pause, g, kind="block", words=("临时离岗", "请稍候"),
    stuff="wood", body="#4a2a18", ground="#4a2a18", ink="#f0dca0", size=(0.22, 0.13))
add("pause_sign", "train", "more_led", pause, g, kind="led", words=("暂停服务",), size=(0.3, 0.1))
add("pause_sign", "train", "more_prism", pause, g, kind="prism", words=("暂停办理", "CLOSED"),
    ink="#ffffff", ground="#d04a1a", size=(0.24, 0.1))
add("pause_sign", "train", "more_prism_white", pause, g, kind="prism", layout="frame",
    words=("午休时间", "12:00-13:30"), ink="#1c3f86", ground="#f2f4f6")
add("pause_sign", "train", "more_flip", pause, g, kind="flip", words=("请稍候", "PLEASE WAIT"),
    ink="#1a1a1c", ground="#f0c52c", body="#2a2c30", stuff="plain", size=(0.2, 0.13))
add("pause_sign", "train", "more_arch", pause, (0.28, 0.11, 0.21), kind="arch", layout="icon",
    words=("暂停服务",), size=(0.24, 0.11))
add("pause_sign", "train", "more_arch_green", pause, (0.28, 0.11, 0.21), kind="arch", words=t,
    ink="#ffffff", ground="#2a7a4a", body="#26282c", stuff="plain")
add("pause_sign", "train", "more_a_board", pause, (0.24, 0.16, 0.22), kind="a_board", words=t,
    ink="#ffffff", ground="#c8201e", body="#b98c58", stuff="wood", size=(0.2, 0.16))
add("pause_sign", "train", "more_disc", pause, (0.22, 0.14, 0.32), kind="disc", words=("暂停",),
    ink="#c01818", ground="#f6f6f4", accent="#c01818")
add("pause_sign", "train", "more_bend", pause, g, kind="bend", words=("本窗口", "暂停服务"),
    ink="#ffffff", ground="#2463b4", size=(0.22, 0.14))
add("pause_sign", "train", "more_roof", pause, g, kind="roof", words=("暂停服务",), ink="#e8e8e6",
    ground="#2a2c30", size=(0.26, 0.11))

a = (0.23, 0.12, 0.31)
add("notice", "train", "more_acrylic", posted, a)
add("notice", "train", "more_acrylic_wide", posted, (0.31, 0.12, 0.22), layout="table",
    title="收费标准", size=(0.297, 0.21), accent="#1d4f9a")
add("notice", "train", "more_double", posted, a, kind="double", layout="steps", title="办理流程",
    accent="#1f66b0")
add("notice", "train", "more_double_code", posted, (0.13, 0.1, 0.19), kind="double", layout="code",
    title="微信预约", accent="#2a8a4a", size=(0.12, 0.17))
add("notice", "train", "more_tent", posted, (0.11, 0.1, 0.2), kind="tent", layout="code",
    title="满意度评价", accent="#c2271f", size=(0.1, 0.19))
add("notice", "train", "more_tent_wide", posted, (0.2, 0.1, 0.14), kind="tent", layout="poster",
    title="温情服务", accent="#c8402a", size=(0.2, 0.14))
add("notice", "train", "more_frame", posted, (0.25, 0.16, 0.33), kind="frame", layout="poster",
    title="一次办好", accent="#b01c1c", ground="#f6e8c0")
add("notice", "train", "more_frame_wood", posted, (0.25, 0.16, 0.33), kind="frame", title="公示栏",
    body="#7a4c28", metal=0.0)
add("notice", "train", "more_hung", posted, (0.27, 0.14, 0.38), kind="hung", layout="table",
    title="窗口公示", accent="#1c4a96")
add("notice", "train", "more_taped", posted, (0.24, 0.33, 0.01), kind="taped", title="温馨告知",
    ground="#f6f2dc")
add("notice", "train", "more_taped_steps", posted, (0.24, 0.33, 0.01), kind="taped", layout="steps",
    title="填表须知", accent="#24784a")
add("notice", "train", "more_coated", posted, (0.31, 0.22, 0.02), kind="coated", layout="table",
    title="样表", size=(0.297, 0.21), accent="#3a5a9a")
add("notice", "train", "more_code_block", posted, (0.1, 0.06, 0.12), kind="block", layout="code",
    title="扫码评价", accent="#1a6ab8", size=(0.095, 0.12))
add("notice", "train", "more_clip", posted, (0.15, 0.1, 0.29), kind="clip", title="告知书",
    body="#26282c", metal=0.0, size=(0.148, 0.21))
add("notice", "train", "more_easel", posted, (0.22, 0.2, 0.35), kind="easel", layout="poster",
    title="暖心驿站", body="#b48a58", metal=0.0, accent="#2a7a9a")
add("notice", "train", "more_pole", posted, (0.4, 0.36, 1.5), "floor", kind="floor",
    layout="poster", title="办事公告", accent="#b81e1c")
add("notice", "train", "more_pole_text", posted, (0.4, 0.36, 1.5), "floor", kind="floor",
    title="通 告", body="#3a3c40", metal=0.2)

r = (0.25, 0.22, 0.35)
add("guide_rack", "train", "more_pocket", leaflets, (0.25, 0.2, 0.3))
add("guide_rack", "train", "more_pocket_one", leaflets, (0.13, 0.18, 0.21), tiers=1, wide=1,
    prints=("#b8281e", "#f2e6cc"), words="社保指南")
add("guide_rack", "train", "more_pocket_a4", leaflets, (0.24, 0.18, 0.29), tiers=1, wide=1,
    leaf_size=(0.21, 0.285), words="办税须知", prints=("#1f6fae", "#eef2f4", "#e8a428"))
add("guide_rack", "train", "more_wire", leaflets, r, kind="wire", tiers=3, wide=2, frame="#2c2e32",
    prints=("#2a8060", "#eef0e4"))
add("guide_rack", "train", "more_wire_wide", leaflets, (0.35, 0.22, 0.32), kind="wire", tiers=2,
    wide=3, frame="#c8cbce", prints=("#d27a1e", "#f4ecdc", "#24589c"))
add("guide_rack", "train", "more_turning", leaflets, (0.2, 0.2, 0.52), kind="turning", tiers=2,
    wide=1, frame="#e6e8ea")
add("guide_rack", "train", "more_steps", leaflets, (0.36, 0.2, 0.32), kind="steps", tiers=3, wide=3,
    frame="#b88a54", prints=("#c03428", "#f2ead6", "#2a62a8"))
add("guide_rack", "train", "more_panel", leaflets, (0.28, 0.22, 0.5), kind="panel", tiers=2, wide=2,
    frame="#24508e", prints=("#f0efe8", "#3a7ab8"))
add("guide_rack", "train", "more_fan", leaflets, (0.28, 0.14, 0.24), kind="fan", full=5,
    frame="#d8dbde", prints=("#c8302a", "#f6ecd8", "#2a6ab0"))
add("guide_rack", "train", "more_tilted", leaflets, (0.38, 0.18, 0.5), kind="tilted", tiers=2,
    wide=3, frame="#d4b48a", prints=("#2e74a8", "#eee8d8"))
v = (0.5, 0.4, 1.3)
add("guide_rack", "train", "more_column", leaflets, v, "floor", kind="column", tiers=3, wide=2,
    frame="#e2e4e6", leaf_size=(0.21, 0.285))
add("guide_rack", "train", "more_column_wood", leaflets, v, "floor", kind="column", tiers=2, wide=3,
    frame="#a87c4c", prints=("#b02a24", "#efe6d0"))
add("guide_rack", "train", "more_tree", leaflets, v, "floor", kind="tree", tiers=2, wide=1,
    frame="#b8bcc0", leaf_size=(0.21, 0.285), prints=("#2464a8", "#eef0ee", "#2a8a5a"))
add("guide_rack", "train", "more_easel", leaflets, v, "floor", kind="easel", tiers=2, wide=2,
    frame="#2e3034", leaf_size=(0.21, 0.285), prints=("#c8882a", "#f2ecdc"))

k = (0.17, 0.24, 0.04)
add("book", "train", "more_dictionary", volume, (0.19, 0.24, 0.055), size=(0.15, 0.21))
add("book", "train", "more_magazine", volume, (0.22, 0.29, 0.03), kind="magazine", layout="photo",
    colours=("#1f7a9c", "#f0e4c8"), title="税务研究", thick=0.02)
add("book", "train", "more_magazine_red", volume, (0.22, 0.29, 0.03), kind="magazine",
    layout="photo", colours=("#b8201c", "#f4efe2"), title="求是", thick=0.03)
add("book", "train", "more_spiral", volume, k, kind="spiral", colours=("#2c3e66", "#dfe3ea"),
    title="工作笔记", size=(0.148, 0.21))
add("book", "train", "more_spiral_lines", volume, k, kind="spiral", layout="label", count=3,
    colours=("#c8a04a", "#f0ead8"), size=(0.17, 0.24))
add("book", "train", "more_jacket", volume, k, kind="heap", layout="band", count=1,
    colours=("#e4dcc4", "#b4241e"), title="民法典", thick=0.035, size=(0.15, 0.215))
add("book", "train", "more_heap", volume, (0.24, 0.26, 0.1), kind="heap", layout="label",
    colours=("#3a5a44", "#e8dfc6"), second="#9a3428", third="#d0b070", count=4)
add("book", "train", "more_open", volume, (0.34, 0.24, 0.04), kind="open", thick=0.05)
add("book", "train", "more_row", volume, (0.26, 0.18, 0.24), "stand", kind="row", count=5,
    colours=("#8a2a2a", "#ecdcae"), third="#2a2c30")
add("book", "train", "more_leaning", volume, (0.3, 0.18, 0.24), "stand", kind="leaning", count=3,
    colours=("#1f5c86", "#f2efe4"), second="#c9c2ac", third="#7a2438", layout="band")
add("book", "train", "more_ledger", volume, (0.2, 0.28, 0.03), kind="ledger", title="总账",
    colours=("#1e2a24", "#e8d8a8"), second="#8c1c1c")
add("book", "train", "more_ledger_green", volume, (0.2, 0.28, 0.03), kind="ledger", title="登记簿",
    colours=("#2c5a48", "#eee6cc"), second="#1c1c1e", thick=0.022)
add("book", "train", "more_face_down", volume, (0.34, 0.24, 0.06), kind="face_down",
    colours=("#c8782a", "#f4efe0"), thick=0.018, size=(0.14, 0.21))
add("book", "train", "more_strap", volume, (0.13, 0.19, 0.02), kind="strap", second="#b02c24",
    colours=("#1e1f22", "#c8c8c4"), size=(0.16, 0.23))
add("book", "train", "more_brochures", volume, (0.34, 0.3, 0.03), kind="brochures", layout="photo",
    colours=("#2a6a9c", "#f0ead8"), title="惠企政策", count=4)

f = (0.24, 0.32, 0.05)
add("folder", "train", "more_boxes", office_file, (0.18, 0.24, 0.32), "stand")
add("folder", "train", "more_box_lying", office_file, (0.32, 0.24, 0.06), upright=False,
    colour="#2b2d33", label="人事档案")
add("folder", "train", "more_levers", office_file, (0.32, 0.29, 0.32), "stand", kind="lever",
    count=4, thick=0.075, size=(0.285, 0.318), colour="#26282c", second="#26282c", third="#26282c")
add("folder", "train", "more_lever_lying", office_file, (0.32, 0.29, 0.08), kind="lever",
    upright=False, thick=0.07, size=(0.285, 0.318), colour="#a8242c", label="凭证")
add("folder", "train", "more_magazine", office_file, (0.26, 0.26, 0.31), "stand", kind="magazine",
    colour="#3a6ab0", label="待办", size=(0.25, 0.31))
add("folder", "train", "more_magazine_grey", office_file, (0.34, 0.26, 0.31), "stand",
    kind="magazine", colour="#5a5e64", count=4, label="已办", size=(0.25, 0.3), upright=False)
add("folder", "train", "more_sleeve", office_file, (0.25, 0.33, 0.01), kind="sleeve",
    colour="#8fb4d4", second="#f0f0ee")
add("folder", "train", "more_sleeve_green", office_file, (0.25, 0.33, 0.01), kind="sleeve",
    colour="#7cc4a0", second="#2a8a5a")
add("folder", "train", "more_accordion", office_file, (0.33, 0.2, 0.26), "stand", kind="accordion",
    colour="#2a62a4", size=(0.25, 0.33))
add("folder", "train", "more_hanging", office_file, (0.34, 0.27, 0.27), "stand", kind="hanging",
    colour="#3c7a4c", second="#c8a23c", size=(0.25, 0.33))
add("folder", "train", "more_clipboard", office_file, (0.24, 0.32, 0.02), kind="board",
    colour="#24272c", upright=False)
add("folder", "train", "more_clipboard_cover", office_file, (0.48, 0.32, 0.02), kind="board",
    colour="#1d4a86")
add("folder", "train", "more_string", office_file, f, kind="string", colour="#c19a5e",
    second="#8e2a1e", label="档案袋", thick=0.045)
add("folder", "train", "more_slide", office_file, (0.3, 0.36, 0.03), kind="slide")
add("folder", "train", "more_tabs", office_file, (0.26, 0.35, 0.04), kind="tabs", colour="#d8b878",
    second="#c9a560", third="#e4cc98", count=4)
add("folder", "train", "more_rings", office_file, (0.52, 0.32, 0.03), kind="rings",
    colour="#e0e2e4", second="#2a5aa8")

p = (0.23, 0.32, 0.03)
add("paper", "train", "more_clipped", leaves, p, count=4)
add("paper", "train", "more_clipped_table", leaves, p, print_="table", count=8, accent="#2a5aa8")
add("paper", "train", "more_turned", leaves, (0.3, 0.32, 0.04), kind="turned")
add("paper", "train", "more_crumpled", leaves, (0.28, 0.36, 0.04), kind="crumpled", count=3)
add("paper", "train", "more_crumpled_one", leaves, p, kind="crumpled", count=1, curl=0.022)
add("paper", "train", "more_receipts", leaves, (0.22, 0.24, 0.02), kind="receipts", count=5)
add("paper", "train", "more_receipt_pink", leaves, (0.16, 0.2, 0.02), kind="receipts", count=2,
    ground="#f2cfd2", title="缴费凭证")
add("paper", "train", "more_ticket", leaves, (0.09, 0.13, 0.01), kind="receipts", count=1,
    title="A036", size=(0.09, 0.11), curl=0.02)
add("paper", "train", "more_roll", leaves, (0.09, 0.36, 0.06), kind="roll", title="排队凭条")
add("paper", "train", "more_fanfold", leaves, (0.3, 0.4, 0.04), kind="fanfold", count=3)
add("paper", "train", "more_fanfold_plain", leaves, (0.3, 0.4, 0.06), kind="fanfold", count=6,
    marked=False, ground="#eef0ee")
add("paper", "train", "more_envelope", leaves, (0.23, 0.13, 0.01), kind="envelope", count=2,
    ground="#f1efe8", title="税务局")
add("paper", "train", "more_envelope_kraft", leaves, (0.3, 0.25, 0.02), kind="envelope", count=3,
    ground="#c9a36a", marked=False, size=(0.26, 0.33), title="政务中心")
add("paper", "train", "more_notes", leaves, (0.24, 0.2, 0.02), kind="notes", count=3,
    ground="#f2dc6a", ink="#2a3a6a")
add("paper", "train", "more_notes_pink", leaves, (0.14, 0.14, 0.02), kind="notes", count=2,
    ground="#f0a0b4", ink="#2a2c34", marked=False)
add("paper", "train", "more_letter", leaves, (0.22, 0.3, 0.04), kind="folded", curl=0.02)
add("paper", "train", "more_half", leaves, (0.22, 0.2, 0.06), kind="half")
add("paper", "train", "more_pad", leaves, (0.16, 0.22, 0.02), kind="pad", accent="#b8282a")
add("paper", "train", "more_strewn", leaves, (0.5, 0.4, 0.02), kind="strewn", count=3)
add("paper", "train", "more_crosswise", leaves, (0.3, 0.3, 0.05), kind="bundle", count=5)
