"""Looks of machines and fittings.

One row an asset: class, split, look, maker, size in metres, tags, parameters.
"""

from __future__ import annotations

from datasets.render.assets.core import add
from datasets.render.assets.fittings import (
    calculator,
    extinguisher,
    heater,
    inkpad,
    pens,
    rating,
    service_box,
    stamp,
    telephone,
)
from datasets.render.assets.machines import (
    doc_camera,
    keyboard,
    laptop,
    monitor,
    mouse,
    printer,
    scanner,
)

# fmt: off
m = (0.54, 0.2, 0.46)
add("monitor", "train", "black", monitor, m)
add("monitor", "train", "off", monitor, m, on=False, w=0.5, h=0.3)
add("monitor", "train", "white", monitor, m, colour="#d8d9da", ground="#c9d8e8", foot="round")
add("monitor", "train", "square", monitor, m, w=0.41, h=0.34, ground="#2a6ab0", thick=0.05)
add("monitor", "val", "slim", monitor, m, w=0.53, h=0.31, ground="#dfe4d8", thick=0.025,
    colour="#2c2e32")
add("monitor", "sample", "grey", monitor, m, w=0.545, h=0.315, ground="#e2e6ee", thick=0.03,
    colour="#44484e")
k = (0.44, 0.15, 0.03)
add("keyboard", "train", "black", keyboard, k)
add("keyboard", "train", "white", keyboard, k, colour="#d4d5d6", keys="#efefee")
add("keyboard", "train", "grey", keyboard, k, colour="#6a6d72", keys="#2c2e32", size=(0.42, 0.13))
add("keyboard", "val", "slim", keyboard, k, colour="#b4b8bc", keys="#e4e6e8", size=(0.36, 0.12),
    cols=15)
add("keyboard", "sample", "dark", keyboard, k, colour="#2b2e33", keys="#3a3e44", size=(0.43,
    0.135))
o = (0.065, 0.11, 0.04)
add("mouse", "train", "black", mouse, o)
add("mouse", "train", "white", mouse, o, colour="#e6e6e4", cord="#dddddb")
add("mouse", "train", "corded", mouse, o, colour="#232428", cord="#141414", size=1.05)
add("mouse", "val", "grey", mouse, o, colour="#7a7d82", size=0.95)
add("mouse", "sample", "graphite", mouse, o, colour="#3a3d42", wheel="#b0502a", size=1.02)
p = (0.35, 0.36, 0.24)
add("laptop", "train", "silver", laptop, p)
add("laptop", "train", "black", laptop, p, colour="#1c1d20", tilt=0.2, ground="#20304a")
add("laptop", "train", "off", laptop, p, colour="#3a3d42", on=False, w=0.36)
add("laptop", "val", "blue", laptop, p, colour="#5a6a80", tilt=0.4, w=0.32)
add("laptop", "sample", "champagne", laptop, p, colour="#b8a68c", tilt=0.25, w=0.335)
r = (0.4, 0.4, 0.28)
add("printer", "train", "white", printer, r)
add("printer", "train", "black", printer, r, colour="#2c2e32", dark="#151618", size=(0.42, 0.38,
    0.3))
add("printer", "train", "needle", printer, r, colour="#cfc9b8", size=(0.44, 0.3, 0.2), scan=False)
add("printer", "val", "beige", printer, r, colour="#d0ccc0", size=(0.38, 0.37, 0.27),
    dark="#4a4c50")
add("printer", "sample", "twotone", printer, r, colour="#c2c6cb", size=(0.41, 0.37, 0.25),
    dark="#1f2a3a")
s = (0.3, 0.3, 0.24)
add("scanner", "train", "feed", scanner, s)
add("scanner", "train", "flat", scanner, s, kind="flat", size=(0.29, 0.4, 0.06))
add("scanner", "train", "feed_black", scanner, s, colour="#2a2c30", dark="#55585c")
add("scanner", "val", "feed_grey", scanner, s, colour="#b0b4b8", size=(0.28, 0.16, 0.15))
add("scanner", "sample", "flat_grey", scanner, s, kind="flat", colour="#9aa0a6", size=(0.28, 0.42,
    0.055))
d = (0.24, 0.45, 0.36)
add("doc_camera", "train", "black", doc_camera, d)
add("doc_camera", "train", "white", doc_camera, d, colour="#dfe0e1", pad="#2c3a4a", arm=0.38)
add("doc_camera", "train", "fold", doc_camera, d, colour="#55585e", fold=True, arm=0.32)
add("doc_camera", "val", "silver", doc_camera, d, colour="#a4a8ac", pad="#26282a", arm=0.36,
    base=(0.22, 0.3))
add("doc_camera", "sample", "grey", doc_camera, d, colour="#7a8087", pad="#3a2c2c", arm=0.35,
    base=(0.23, 0.31))
g = (0.2, 0.12, 0.14)
add("rating_device", "train", "white", rating, g)
add("rating_device", "train", "black", rating, g, colour="#1d1e21", glow="#1c7a8a")
add("rating_device", "train", "small", rating, g, size=(0.16, 0.11), glow="#b0401c",
    colour="#9a9da2")
add("rating_device", "val", "blue", rating, g, colour="#c8d0da", glow="#4a3a9a", size=(0.18,
    0.13))
add("rating_device", "sample", "steel", rating, g, colour="#8f949a", glow="#2a8a5a", size=(0.19,
    0.125))
t = (0.19, 0.21, 0.1)
add("telephone", "train", "black", telephone, t)
add("telephone", "train", "white", telephone, t, colour="#dcdcd8", keys="#5a5d60")
add("telephone", "train", "red", telephone, t, colour="#a01c20", keys="#e4e0d8")
add("telephone", "val", "grey", telephone, t, colour="#6a6e72", size=(0.18, 0.2), keys="#e0e0de")
add("telephone", "sample", "cream", telephone, t, colour="#cfc4a8", size=(0.185, 0.215),
    keys="#4a4438")
c = (0.13, 0.17, 0.03)
add("calculator", "train", "dark", calculator, c)
add("calculator", "train", "white", calculator, c, colour="#d8d9da", keys="#3a3c40")
add("calculator", "train", "small", calculator, c, size=(0.08, 0.13), colour="#1a1b1e",
    keys="#6a6c70")
add("calculator", "val", "silver", calculator, c, colour="#a8abb0", keys="#26282c", size=(0.12,
    0.155))
add("calculator", "sample", "navy", calculator, c, colour="#26304a", keys="#c9ccd4", size=(0.118,
    0.16))
e = (0.04, 0.04, 0.09)
add("stamp", "train", "wood", stamp, e)
add("stamp", "train", "square", stamp, e, square=True, colour="#d0d2d4", knob="#2a2c30")
add("stamp", "train", "red", stamp, e, colour="#a02a22", knob="#d0b050", r=0.021)
add("stamp", "val", "black", stamp, e, colour="#1d1e20", knob="#4a4c50", r=0.02, h=0.09)
add("stamp", "sample", "walnut", stamp, e, colour="#6a4630", knob="#b08a4a", r=0.019, h=0.08)
i = (0.1, 0.08, 0.02)
add("inkpad", "train", "round", inkpad, i)
add("inkpad", "train", "square", inkpad, i, square=True, case="#2a4a8a")
add("inkpad", "train", "blue", inkpad, i, ink="#1c2a7a", case="#e0e0dc")
add("inkpad", "val", "black", inkpad, i, case="#26282b", r=0.036)
add("inkpad", "sample", "green", inkpad, i, case="#3a6a4a", square=True, r=0.038)
n = (0.1, 0.08, 0.16)
add("pen_base", "train", "black", pens, n)
add("pen_base", "train", "pot", pens, n, kind="pot", count=5)
add("pen_base", "train", "marble", pens, n, colour="#b8b4ac", pen="#b09040")
add("pen_base", "val", "pot_grey", pens, n, kind="pot", count=4, colour="#6a6e74")
add("pen_base", "sample", "wood", pens, n, colour="#6a4a2c", pen="#2a3a5a")
x = (0.34, 0.22, 0.28)
add("service_box", "train", "white", service_box, x)
add("service_box", "train", "blue", service_box, x, colour="#2a5aa0", mark="#1c3a70")
add("service_box", "train", "clear", service_box, x, colour="#dfe8ec", glass=True, words="便民药箱")
add("service_box", "val", "green", service_box, x, colour="#d0e0d0", mark="#2a7a4a", size=(0.3,
    0.2, 0.22))
add("service_box", "sample", "orange", service_box, x, colour="#e0d8c8", mark="#c0641c",
    size=(0.32, 0.21, 0.23))
h = (0.24, 0.18, 0.36)
add("heater", "train", "fan", heater, h)
add("heater", "train", "dish", heater, h, kind="dish", colour="#3a3c40")
add("heater", "train", "kettle", heater, h, kind="kettle", colour="#a8abae", h=0.3)
add("heater", "val", "fan_dark", heater, h, colour="#33363a", h=0.3)
add("heater", "sample", "fan_blue", heater, h, colour="#8aa0b8", h=0.32, glow="#e0762c")
z = (0.14, 0.14, 0.46)
add("extinguisher", "train", "one", extinguisher, z)
add("extinguisher", "train", "pair", extinguisher, (0.3, 0.14, 0.46), pair=True)
add("extinguisher", "train", "small", extinguisher, z, r=0.05, h=0.34, colour="#c42018")
add("extinguisher", "val", "tall", extinguisher, z, r=0.07, h=0.5, colour="#a81a1e")
add("extinguisher", "sample", "stocky", extinguisher, z, r=0.072, h=0.42, colour="#bb1e24")
