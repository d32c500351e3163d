"""Looks of further constructions of devices, for teaching only.

One row an asset: class, split, look, maker, size in metres, tags, parameters.
"""

from __future__ import annotations

from datasets.render.assets.computers_more import laptop_more, monitor_more
from datasets.render.assets.core import add
from datasets.render.assets.counter_devices import doc_camera_more, rating_more, telephone_more
from datasets.render.assets.earphones_more import earphones_more, gadget
from datasets.render.assets.heaters_more import extinguisher_more, heater_more
from datasets.render.assets.keys_more import calculator_more, keyboard_more, mouse_more
from datasets.render.assets.phones_more import charger_more, phone_more
from datasets.render.assets.printers_more import printer_more, scanner_more
from datasets.render.assets.stationery_more import inkpad_more, pens_more, service_more, stamp_more


# fmt: off
def _phones() -> None:
    p = (0.08, 0.17, 0.015)
    for look, kind, shows, colour, case, ground, accent in (
        ("round_photo", "plain", "photo", "#16171a", "#2a2c30", "#e0853c", "#3a2f78"),
        ("round_off", "plain", "off", "#c9ccd2", "#2a2c30", "#3a70b0", "#d08a50"),
        ("round_chat", "plain", "chat", "#2a2d33", "#2a2c30", "#3a70b0", "#d08a50"),
        ("round_pay", "plain", "pay", "#101114", "#2a2c30", "#3a70b0", "#2f7fe0"),
        ("bumper_yellow", "bumper", "icons", "#141518", "#d8b43a", "#2c8a7a", "#b8e0c8"),
        ("bumper_video", "bumper", "video", "#141518", "#232529", "#70a0c8", "#4a7a3a"),
        ("back_ring", "ring", "off", "#1d1e22", "#7a4fa0", "#3a70b0", "#d08a50"),
        ("back_strap", "strap", "off", "#e8a8b8", "#f0d0d8", "#3a70b0", "#d08a50"),
        ("book_case", "flip_open", "icons", "#141518", "#5a3420", "#7a3a5a", "#e0b8a0"),
        ("book_case_off", "flip_open", "off", "#141518", "#1a1b1d", "#3a70b0", "#d08a50"),
        ("case_shut", "flip_closed", "off", "#141518", "#4a2a1a", "#3a70b0", "#d08a50"),
        ("case_shut_red", "flip_closed", "off", "#141518", "#9a2430", "#3a70b0", "#d08a50"),
        ("clam_half", "clam", "photo", "#8a78b0", "#2a2c30", "#d06a8a", "#4a3a80"),
        ("unfolded", "book", "icons", "#1a1c22", "#2a2c30", "#20405a", "#a0c8d0"),
        ("pda", "pda", "chat", "#26282c", "#e0a020", "#3a70b0", "#c8ccd0"),
        ("big_keys", "keys", "icons", "#b41c24", "#2a2c30", "#3a70b0", "#e8e6e0"),
    ):
        add("phone", "train", look, phone_more, p, kind=kind, shows=shows, colour=colour, case=case,
            ground=ground, accent=accent)
    add("phone", "train", "cracked", phone_more, p, cracked=True, shows="photo", ground="#1c2c3a",
        accent="#405060")
    add("phone", "train", "long_lit", phone_more, p, wide=0.9, tall=1.06, shows="video")
    s = (0.09, 0.1, 0.16)
    add("phone", "train", "held_up", phone_more, s, "stand", kind="stand", shows="chat")
    add("phone", "train", "held_wide", phone_more, s, "stand", kind="dock", shows="video",
        case="#c8cace", colour="#222428")
    add("phone", "train", "held_off", phone_more, s, "stand", kind="stand", case="#b0b3b8")


def _chargers() -> None:
    c = (0.12, 0.16, 0.03)
    for look, kind, colour, cord, second in (
        ("wound_white", "wound", "#ecebe7", "#e6e5e0", "#5a5d62"),
        ("wound_black", "wound", "#1d1e21", "#151618", "#7a7d82"),
        ("pad_black", "pad", "#202226", "#17181a", "#8a8d92"),
        ("pad_white", "pad", "#eeeeec", "#e4e3df", "#b8babc"),
        ("prop", "prop", "#26282c", "#17181a", "#46494e"),
        ("bank_blue", "bank", "#2a4a8a", "#e8e6e0", "#101114"),
        ("bank_white", "bank", "#eceae6", "#d03a3a", "#c8cacc"),
        ("laptop_brick", "brick", "#18191b", "#121315", "#5a5d62"),
        ("many_ports", "ports", "#e2e2e0", "#dcdcd8", "#26282b"),
        ("watch_dock", "dock", "#eceae6", "#e0dfda", "#9a9da2"),
        ("coiled_white", "coiled", "#efeeea", "#e9e8e4", "#c9cac8"),
        ("coiled_black", "coiled", "#1c1d1f", "#17181a", "#3a3c40"),
        ("bare_white", "bare", "#f0efeb", "#e9e8e4", "#8a8d92"),
    ):
        add("charger", "train", look, charger_more, c, kind=kind, colour=colour, cord=cord,
            second=second)
    add("charger", "train", "bank_alone", charger_more, c, kind="bank", colour="#2b2d31",
        plugged=False)
    add("charger", "train", "bare_grey", charger_more, c, kind="bare", colour="#5a5e64", deep=1.2)


def _earphones() -> None:
    e = (0.18, 0.2, 0.06)
    for look, kind, colour, pad in (
        ("call", "headset", "#1e2024", "#3a3c40"), ("call_one", "mono", "#3a3d44", "#17181a"),
        ("hung", "hung", "#d8d5ce", "#2a2c30"), ("folded", "folded", "#22304a", "#17181a"),
        ("neck", "neck", "#17181b", "#4a4d52"), ("neck_red", "neck", "#b02a30", "#1c1d20"),
        ("case_open", "open", "#f0f0ee", "#d4d4d2"), ("buds", "pair", "#f2f2f0", "#c8c8c6"),
        ("one_ear", "ear", "#1a1b1e", "#55585e"), ("folded_pink", "folded", "#d8a0b0", "#f0e0e4"),
    ):
        add("earphones", "train", look, earphones_more, e, kind=kind, colour=colour, pad=pad)


def _gadgets() -> None:
    g = (0.09, 0.16, 0.03)
    for kind, colour, keys, accent in (
        ("tv", "#17181a", "#5a5d62", "#c02a22"), ("aircon", "#eeeeea", "#8fa0b0", "#e0702a"),
        ("walkie", "#1a1b1e", "#5a5d62", "#d8a020"), ("swipe", "#2a2c31", "#8a8d92", "#30b050"),
        ("pos", "#33363c", "#d0d2d4", "#30a050"), ("ushield", "#c8ccd2", "#b0b2b6", "#2a5aa8"),
        ("recorder", "#3a3d44", "#c0c2c6", "#c02a22"), ("measure", "#26282c", "#c8cacc", "#e0b020"),
        ("case", "#1c1d22", "#b8a060", "#c8a030"), ("glasses", "#2a1c16", "#8a8d92", "#c8a030"),
        ("blackbox", "#121315", "#5a5d62", "#30c050"), ("punch", "#24406a", "#1a1b1d", "#c8cacc"),
        ("badge", "#1e2025", "#c8ccd0", "#30a0d0"), ("notebook", "#1a1a1d", "#8a8d92", "#7a1c22"),
        ("hdd", "#15161a", "#8a8d92", "#c8a030"), ("stick", "#c02a30", "#b8babc", "#e8e6e0"),
    ):
        add(None, "train", f"gadget_{kind}", gadget, g, "desk", kind=kind, colour=colour, keys=keys,
            accent=accent)
    add(None, "train", "cash_box", gadget, (0.24, 0.18, 0.12), "desk", "boxed", kind="cash",
        colour="#2a5a48", keys="#b8babc")


def _computers() -> None:
    p = (0.34, 0.34, 0.24)
    for look, kind, colour, deck, logo, shows in (
        ("shut", "closed", "#9a9da2", "#85888c", "disc", "off"),
        ("shut_black", "closed", "#1b1c1f", "#17181a", "word", "off"),
        ("shut_stripe", "closed", "#2c3f66", "#1c1d20", "stripe", "off"),
        ("flat", "flat", "#4a4d52", "#2c2e32", "bar", "table"),
        ("tent", "tent", "#707478", "#55585d", "disc", "wall"),
        ("raised", "raised", "#b8babd", "#a4a7ab", "disc", "browser"),
        ("old", "brick", "#1d1e21", "#232428", "word", "form"),
        ("wide", "open", "#26282c", "#1e2023", "bar", "wall"),
    ):
        add("laptop", "train", look, laptop_more, p, kind=kind, colour=colour, deck=deck, logo=logo,
            shows=shows)
    add("laptop", "train", "behind", laptop_more, p, turned=True, logo="disc", colour="#a8abae")
    add("laptop", "train", "behind_old", laptop_more, p, turned=True, kind="brick", logo="bar",
        colour="#222428", deck="#17181a", angle=1.75)
    add("laptop", "train", "behind_raised", laptop_more, p, turned=True, kind="raised", logo="word",
        colour="#5a5e66", mark="#e4e6ea")
    q = (0.56, 0.22, 0.46)
    for look, kind, colour, back, mark, shows in (
        ("thin_legs", "vee", "#15161a", "#25272b", "#1c1d21", "table"),
        ("hoop", "ring", "#202226", "#2f3237", "#b4b7bb", "wall"),
        ("bent", "curved", "#17181b", "#222428", "#2a2c30", "browser"),
        ("all_in_one", "one", "#d4d6d8", "#c4c6c9", "#b8babe", "form"),
        ("upright", "tall", "#1a1b1e", "#26282c", "#202226", "table"),
        ("on_arm", "arm", "#1b1c1f", "#3a3c40", "#2a2c30", "browser"),
        ("wedge", "wedge", "#e2e2e0", "#d6d6d4", "#c8cacc", "off"),
        ("deep", "old", "#3a3c40", "#33353a", "#2b2d31", "form"),
    ):
        add("monitor", "train", look, monitor_more, q, kind=kind, colour=colour, back=back,
            mark=mark, shows=shows)
    add("monitor", "train", "two_on_arm", monitor_more, (1.0, 0.3, 0.46), kind="pair",
        w=0.48, h=0.28)
    add("monitor", "train", "behind_legs", monitor_more, q, turned=True)
    add("monitor", "train", "behind_white", monitor_more, q, turned=True, kind="one",
        colour="#e4e4e2", back="#e9e9e7", mark="#c0c2c6")
    add("monitor", "train", "behind_plate", monitor_more, q, turned=True, kind="old",
        mark="#25272b")
    k = (0.44, 0.16, 0.03)
    for look, kind, colour, keys, second in (
        ("compact", "compact", "#232529", "#e2e0da", "#8a9098"),
        ("split", "split", "#1c1d20", "#2c2e33", "#3f434a"),
        ("rest", "rest", "#1d1e21", "#303338", "#26282c"),
        ("two_tone", "blocks", "#cfc9b8", "#ece8dc", "#9a978c"),
        ("coloured", "blocks", "#1a1b1e", "#2a2c31", "#2f7f8a"),
        ("round_caps", "round", "#e8b8c0", "#f6eef0", "#d08090"),
        ("sheet", "slim", "#c4c6c9", "#f0f0ee", "#e4e4e2"),
        ("numbers", "numbers", "#202226", "#3a3c41", "#8a8d92"),
    ):
        add("keyboard", "train", look, keyboard_more, k, kind=kind, colour=colour, keys=keys,
            second=second)
    for look, kind, colour, second in (
        ("upright", "upright", "#222428", "#5c6066"), ("thumb", "hump", "#2a2c31", "#17181b"),
        ("flat", "flat", "#eeeeec", "#c4c6c8"), ("tiny", "tiny", "#b02c38", "#1c1d20"),
        ("ball", "ball", "#2c2e33", "#c03a3a"), ("sides", "sides", "#c8cacd", "#2c2e33"),
    ):
        add("mouse", "train", look, mouse_more, (0.07, 0.11, 0.05), kind=kind, colour=colour,
            second=second)
    c = (0.14, 0.18, 0.04)
    for look, kind, colour, keys, second in (
        ("tilted", "tilted", "#d8d4cc", "#3b3e44", "#8b8f96"),
        ("tilted_pink", "tilted", "#e8b0bc", "#f4ecee", "#d08898"),
        ("big_keys", "big", "#26282d", "#e4e2dc", "#8a9aa8"),
        ("pocket", "strip", "#b8babe", "#2a2c30", "#6a6d72"),
        ("printing", "printing", "#dcd9d0", "#4a4d52", "#8a8d92"),
        ("science", "science", "#2c2f3a", "#c8cad0", "#55596a"),
        ("cover", "lid", "#17181b", "#b4b6ba", "#2a2c30"),
        ("blue", "tilted", "#2a6a9a", "#e8ecf0", "#1c3c5a"),
    ):
        add("calculator", "train", look, calculator_more, c, kind=kind, colour=colour, keys=keys,
            second=second)


def _machines() -> None:
    r = (0.4, 0.4, 0.26)
    for look, kind, colour, second in (
        ("laser", "laser", "#e4e4e2", "#8d9196"), ("laser_dark", "laser", "#3a3d42", "#26282c"),
        ("ink_trays", "ink", "#26282c", "#3a3d42"), ("ink_white", "ink", "#e8e8e6", "#c8cacc"),
        ("fanfold", "needle", "#d4d0c4", "#b8b4a8"), ("passbook", "passbook", "#cfd1d2", "#8a8d92"),
    ):
        add("printer", "train", look, printer_more, r, kind=kind, colour=colour, second=second)
    for look, kind, colour in (
        ("receipt", "receipt", "#26282c"), ("receipt_pale", "receipt", "#dcdad4"),
        ("label", "label", "#3a3d42"),
    ):
        add("printer", "train", look, printer_more, (0.18, 0.22, 0.16), "till", kind=kind,
            colour=colour, second="#4a4d52")
    add("printer", "train", "copier", printer_more, (0.66, 0.72, 1.05), "floor", kind="copier")
    add("printer", "train", "copier_dark", printer_more, (0.66, 0.72, 1.05), "floor", kind="copier",
        colour="#c0c4c8", second="#4a4e54")
    s = (0.3, 0.36, 0.2)
    for look, kind, colour, second in (
        ("lifted", "lifted", "#2e3136", "#3a3d42"), ("lifted_pale", "lifted", "#d0d2d3", "#e2e2e0"),
        ("slim", "slim", "#17181b", "#26282c"), ("trays", "trays", "#e0e0de", "#4a4e54"),
        ("both", "both", "#d8d9d9", "#b8babc"), ("portable", "portable", "#2c2f34", "#55595f"),
    ):
        add("scanner", "train", look, scanner_more, s, kind=kind, colour=colour, second=second)
    h = (0.2, 0.12, 0.12)
    add("scanner", "train", "wand", scanner_more, h, "held", kind="wand", colour="#1c1d20")
    add("scanner", "train", "gun", scanner_more, h, "held", kind="gun", colour="#d8c43a",
        second="#26282c")
    add("scanner", "train", "overhead", scanner_more, (0.42, 0.5, 0.4), "high", kind="book")
    d = (0.26, 0.46, 0.4)
    for look, kind, colour, second, padded in (
        ("column", "column", "#e0e1e2", "#3a3d42", True),
        ("goose", "goose", "#26282c", "#33363b", False),
        ("twin", "twin", "#d0d2d4", "#26282b", True),
        ("elbow", "elbow", "#b04a2a", "#2a2c30", True),
        ("stowed", "folded", "#33363b", "#26282c", True),
        ("large", "large", "#c4c6c9", "#2c2f34", True),
        ("lamp", "lamp", "#e4e4e2", "#c0c2c4", False),
        ("bare", "column", "#22242a", "#17181b", False),
    ):
        add("doc_camera", "train", look, doc_camera_more, d, kind=kind, colour=colour,
            second=second, padded=padded)
    t = (0.2, 0.22, 0.12)
    for look, kind, colour, second in (
        ("display", "screen", "#2b2d31", "#3c3f45"), ("cordless", "cradle", "#1d1e22", "#55585e"),
        ("meeting", "meeting", "#2c2f34", "#3f434a"), ("trim", "trim", "#e4e0d6", "#d8d4ca"),
        ("off_hook", "off", "#d4d2cb", "#c4c2bb"), ("right", "block", "#24406a", "#1b2c4a"),
        ("display_pale", "screen", "#d0d2d3", "#b4b7ba"),
    ):
        add("telephone", "train", look, telephone_more, t, kind=kind, colour=colour, second=second)
    g = (0.24, 0.16, 0.2)
    for look, kind, glow, words in (
        ("tablet", "tablet", "#2f6fbe", ("请您对本次", "服务评价")),
        ("tablet_red", "tablet", "#b8242c", ("欢迎评价", "您的满意")),
        ("three_keys", "buttons", "#204a80", ("请评价", "按键")),
        ("tall_eye", "tall", "#2a7f9a", ("好差评", "请您评价")),
        ("wedge", "wedge", "#d07a20", ("服务评价器", "非常满意")),
        ("sign", "sign", "#3a4a9a", ("电子签名", "请签字")),
        ("two_sided", "two", "#1f7a50", ("政务服务", "好差评")),
    ):
        add("rating_device", "train", look, rating_more, g, kind=kind, glow=glow, words=words)


def _fittings() -> None:
    h = (0.32, 0.24, 0.4)
    for look, kind, colour, dark in (
        ("ribs", "ribs", "#ece9e2", "#2b2d31"), ("ribs_black", "ribs", "#1d1e21", "#17181a"),
        ("tower", "tower", "#e4e4e0", "#3a3c40"), ("tower_black", "tower", "#202226", "#121315"),
        ("bars", "bars", "#d0cfc8", "#2b2d31"), ("bars_red", "bars", "#a82a2a", "#26282c"),
        ("foot", "foot", "#8a6a58", "#3a2c26"), ("panel", "panel", "#b8b0a4", "#3a3c40"),
    ):
        add("heater", "train", look, heater_more, h, kind=kind, colour=colour, dark=dark)
    m = (0.3, 0.24, 0.2)
    for look, kind, colour, dark in (
        ("warm_mat", "mat", "#6a4a50", "#4a3438"), ("small_dish", "dish", "#d8e0d8", "#3a3c40"),
        ("cube", "cube", "#e8c8c8", "#55585c"), ("cube_white", "cube", "#eceae6", "#3a3c40"),
        ("jug", "jug", "#c0c2c4", "#17181a"), ("pot", "pot", "#e8e6e0", "#26282c"),
        ("pot_black", "pot", "#1c1d1f", "#26282a"), ("hot_plate", "rings", "#26282c", "#0d0e10"),
    ):
        add("heater", "train", look, heater_more, m, "low", kind=kind, colour=colour, dark=dark)
    z = (0.34, 0.2, 0.5)
    for look, kind in (("boxed", "box"), ("framed", "stand"), ("horn", "horn"), ("tray", "tray"),
                       ("water", "water")):
        add("extinguisher", "train", look, extinguisher_more, z, kind=kind)
    add("extinguisher", "train", "boxed_white", extinguisher_more, z, kind="box", case="#dcdcd8")
    add("extinguisher", "train", "wheeled", extinguisher_more, (0.34, 0.4, 0.95), "wheeled",
        kind="wheels")
    n = (0.16, 0.1, 0.16)
    for look, kind, colour in (
        ("two", "two", "#2a2420"), ("ball", "ball", "#17181b"), ("mesh", "mesh", "#1a1b1d"),
        ("tidy", "tidy", "#33363b"), ("sections", "turning", "#c8cacc"),
        ("tray", "tray", "#5a3c28"),
        ("stuck", "stick", "#d8d8d4"), ("tidy_wood", "tidy", "#a87a48"),
    ):
        add("pen_base", "train", look, pens_more, n, kind=kind, colour=colour)
    e = (0.06, 0.05, 0.1)
    for look, kind, colour, second in (
        ("self_inking", "frame", "#22242a", "#b02a24"),
        ("self_blue", "frame", "#2a4f9a", "#e4e4e0"),
        ("dates", "dates", "#1d1e21", "#5a5d62"), ("globe", "globe", "#3a2016", "#a8803a"),
        ("stone", "jade", "#5a6a50", "#8aa080"), ("capped", "cap", "#a02028", "#e0ddd4"),
    ):
        add("stamp", "train", look, stamp_more, e, kind=kind, colour=colour, second=second)
    add("stamp", "train", "lying", stamp_more, e, kind="globe", lying=True, colour="#6a3a1c")
    b = (0.14, 0.12, 0.14)
    add("stamp", "train", "rack", stamp_more, b, "set", kind="rack", colour="#1d1e21")
    add("stamp", "train", "boxed_pair", stamp_more, b, "set", kind="pair", colour="#4a2a1c")
    i = (0.12, 0.12, 0.05)
    for look, kind, case, ink, lid, is_open in (
        ("tin_open", "tin", "#33363c", "#a81c20", "#c9cbcd", True),
        ("tin_shut", "tin", "#2c2f34", "#a81c20", "#3a5a9a", False),
        ("bowl_open", "bowl", "#e8ece8", "#b8201c", "#e8ece8", True),
        ("bowl_shut", "bowl", "#dfe6ea", "#b8201c", "#d4dfe6", False),
        ("finger", "finger", "#1d1e21", "#8a1418", "#c9cbcd", True),
        ("sponge", "sponge", "#c8d4d8", "#d8b83a", "#c9cbcd", True),
        ("two_inks", "two", "#3a3d44", "#a81c20", "#c9cbcd", True),
        ("clear_lid", "clear", "#b02a2a", "#9a181c", "#dfe6e8", True),
    ):
        add("inkpad", "train", look, inkpad_more, i, kind=kind, case=case, ink=ink, lid=lid,
            open_=is_open)
    x = (0.32, 0.22, 0.22)
    for look, kind, colour, mark, words in (
        ("first_aid", "aid", "#eceae4", "#c4242a", "急救箱"),
        ("first_aid_green", "aid", "#4f9a6a", "#f0f0ec", "急救箱"),
        ("drawers", "drawers", "#d8e0e4", "#8a949a", "便民服务"),
        ("spectacles", "glasses", "#b88a52", "#3a5a80", "老花镜"),
        ("caddy", "tray", "#e0ded8", "#2a6ab0", "便民用品"),
        ("soft_bag", "soft", "#c4242a", "#c0222a", "急救包"),
        ("wall_box", "cabinet", "#f0f0ee", "#c0202a", "便民药箱"),
    ):
        add("service_box", "train", look, service_more, x, kind=kind, colour=colour, mark=mark,
            words=words)
# fmt: on


for _enter in (_phones, _chargers, _earphones, _gadgets, _computers, _machines, _fittings):
    _enter()
