"""Looks of the hard negatives.

One row an asset: class, split, look, maker, size in metres, tags, parameters.
"""

from __future__ import annotations

from datasets.render.assets.core import add
from datasets.render.assets.negatives import (
    duct,
    floor_stripe,
    joint,
    pouch,
    reader,
    remote,
    stapler,
    tape,
    wallet,
)

# fmt: off
s = (0.1, 0.17, 0.03)
add(None, "train", "remote_black", remote, s, "desk")
add(None, "train", "remote_white", remote, s, "desk", colour="#e0e0dc", keys="#7a8a9a",
    size=(0.045, 0.15, 0.022))
add(None, "train", "reader_black", reader, s, "desk")
add(None, "train", "reader_grey", reader, s, "desk", colour="#a0a3a8", mark="#30343a", size=(0.1,
    0.16, 0.025))
add(None, "train", "stapler_blue", stapler, s, "desk")
add(None, "train", "stapler_black", stapler, s, "desk", colour="#18191b", length=0.12)
add(None, "train", "wallet_brown", wallet, s, "desk")
add(None, "train", "wallet_black", wallet, s, "desk", colour="#151517", size=(0.095, 0.115,
    0.018))
add(None, "train", "tape_black", tape, s, "desk")
add(None, "train", "case_black", pouch, s, "desk")
add(None, "train", "joint_dark", joint, (1.6, 0.02, 0.002), "floor")
add(None, "train", "joint_brass", joint, (1.6, 0.02, 0.002), "floor", colour="#9a8048", bent=True,
    length=2.2)
add(None, "train", "duct_grey", duct, (1.2, 0.06, 0.02), "floor")
add(None, "train", "stripe_yellow", floor_stripe, (1.5, 0.06, 0.001), "floor")
add(None, "val", "remote_grey", remote, s, "desk", colour="#55585c", keys="#d0d0d0", size=(0.048,
    0.17, 0.018))
add(None, "val", "reader_blue", reader, s, "desk", colour="#3a4a6a", mark="#c0c8d0")
add(None, "val", "stapler_red", stapler, s, "desk", colour="#a0282c", length=0.13)
add(None, "val", "wallet_tan", wallet, s, "desk", colour="#9a6a3a", size=(0.09, 0.18, 0.022))
add(None, "val", "joint_grey", joint, (1.5, 0.02, 0.002), "floor", colour="#5a5d60", length=1.5,
    width=0.01)
add(None, "sample", "remote_navy", remote, s, "desk", colour="#26304a", keys="#c0b890",
    size=(0.052, 0.155, 0.019))
add(None, "sample", "reader_black", reader, s, "desk", colour="#2c2e31", mark="#c05a2a",
    size=(0.095, 0.14, 0.022))
add(None, "sample", "stapler_green", stapler, s, "desk", colour="#2f5a44", length=0.135)
add(None, "sample", "wallet_wine", wallet, s, "desk", colour="#54202c", size=(0.098, 0.185,
    0.021))
add(None, "sample", "joint_bronze", joint, (1.7, 0.02, 0.002), "floor", colour="#6a5434",
    length=1.7, width=0.014)
