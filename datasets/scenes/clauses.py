"""The threes of each clause: what breaks it, what looks alike and is fine, what can't be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from datasets.scenes.facts import Shot
from datasets.scenes.solids import Lab, Solid, solid
from datasets.scenes.threes import TIMES, Blindness, Draw, Things, Three
from rules.registers import ApprovedNotice, Registers

SEEN: Final[tuple[Blindness, ...]] = ("crowd", "dark", "gate")
COMPARED: Final[tuple[Blindness, ...]] = ("no_reference", "crowd", "gate")


def put(d: Draw, *classes: str) -> Things:
    """One of the classes on the free part of the desk."""
    return (*d.row, d.spot(d.rng.choice(classes), *d.shape.near))


def across(d: Draw, *classes: str) -> Things:
    """The same on the citizens' side of the counter."""
    one = d.spot(d.rng.choice(classes), 0.1, 0.0, shake=1.0)
    return (*d.row, replace(one, at=(one.at[0], d.shape.across_y, d.shape.counter_z)))


def papers(d: Draw) -> Things:
    return (*d.row, d.spot("paper", 0.28, 0.55, shake=2), d.spot("paper", 0.08, 0.86, shake=2))


def hall_thing(cls: str, x: float, y: float, z: float = 0.0, **more: object) -> Solid:
    size, lab = more.get("size"), more.get("lab")
    return solid(
        cls,
        x,
        y,
        z,
        size=size if isinstance(size, tuple) else None,
        lab=lab if isinstance(lab, tuple) else None,
        level=2,
    )


def jumble(d: Draw, x: float, y: float, z: float) -> Solid:
    """Something that no class covers."""
    size = (d.rng.uniform(20, 30), 6.0, d.rng.uniform(16, 26))
    return replace(
        hall_thing("jumble", x + d.rng.uniform(-8, 8), y, z, size=size), lab=(45.0, 30.0, 20.0)
    )


def gone(d: Draw, cls: str) -> Things:
    return tuple(s for s in d.public if s.cls != cls)


def shift(d: Draw, cls: str, dx: float, dy: float) -> Things:
    own = d.own(cls)
    return d.swap(own, own.moved(dx, dy))


def jitter(d: Draw, *classes: str, cm: float = 2.0) -> Things:
    """The desk's own things a little off, as hands leave them."""
    out = d.row
    for cls in classes:
        own = d.own(cls)
        new = own.moved(d.rng.uniform(-cm, cm), d.rng.uniform(-cm, cm))
        out = tuple(new if s is own else s for s in out)
    return out


def on_seat(d: Draw, cls: str, lab: Lab | None = None) -> Solid:
    size = (34.0, 24.0, 20.0) if cls != "cushion" else (40.0, 36.0, 7.0)
    y, z = d.shape.seat
    return solid(cls, d.desk.x + d.rng.uniform(-4, 4), y, z, size=size, lab=lab, level=2)


def on_back(d: Draw, cls: str) -> Solid:
    dx, y, z = d.shape.back
    return solid(cls, d.desk.x + dx + d.rng.uniform(-3, 3), y, z, size=(44, 8, 24), level=2)


def coat(d: Draw) -> Things:
    return (*d.row, on_back(d, "clothing"))


def cable(d: Draw, z: float) -> Sequence[Shot]:
    """A cable in the legroom, on the floor or up in its tray."""
    box = d.under("cable")
    x, y, _ = box.at
    one = replace(box, at=(x, y, z), size=(26.0, 16.0, 3.0))
    strand = ((x - 13, y - 8, z), (x, y + 6, z), (x + 13, y + 8, z))
    return [Shot("STAFF", at, (*d.row, one), cables=(strand,)) for at in TIMES["W"]]


def bin_at(d: Draw, far: float) -> Things:
    own = d.own("bin")
    side = d.shape.inner(d.desk.x)
    return d.swap(own, own.moved(side * d.rng.uniform(0, 2), far))


def folk(d: Draw, count: int) -> Things:
    y, z, high = d.shape.folk
    across = [d.desk.x + (i - (count - 1) / 2) * 44 for i in range(count)]
    people = [solid("person", x, y, z, size=(36, 26, high), level=2) for x in across]
    return (*d.row, *people)


def cushion(d: Draw, lab: Lab) -> Things:
    return (*d.row, on_seat(d, "cushion", lab))


def cup(d: Draw, lab: Lab) -> Things:
    one = d.spot("cup", 0.42, 0.82, shake=2)
    return (*d.row, replace(one, lab=lab))


def screen(d: Draw) -> Things:
    own = d.own("monitor")
    return d.swap(own, replace(own, lab=(96.0, -2.0, -8.0)))


def lit(d: Draw) -> Things:
    """A bright room: the dark screen is a little lighter, its surroundings are more."""
    own = d.own("monitor")
    return d.swap(own, replace(own, lab=(22.0, 0.0, 0.0)))


def pen_moved(d: Draw) -> Things:
    return shift(d, "pen_base", 20 if d.desk.x > 0 else -20, 67)


def pulled_out(d: Draw) -> Things:
    """The desk and the chair that goes with it."""
    desk, seat = d.own("desk"), d.own("chair")
    return tuple(s.moved(0, 45) if s is desk or s is seat else s for s in d.row)


def all_moved(d: Draw, cls: str) -> Things:
    """A whole row stands elsewhere, still in one line."""
    return tuple(s.moved(0, 6) if s.cls == cls else s for s in d.row)


def poster(d: Draw, x: float = -30.0) -> Things:
    one = hall_thing("notice", x + d.rng.uniform(-15, 15), -38, 100, size=(36, 1, 50))
    return (*d.public, replace(one, lab=(60.0, 45.0, 30.0)))


def approved(_: Draw) -> Registers:
    return Registers((ApprovedNotice("wall", date(2026, 12, 31), "办事须知"),))


def floor(d: Draw, cls: str) -> Things:
    at = (d.rng.uniform(-80, 80), d.rng.uniform(85, 185))
    return (*d.public, hall_thing(cls, *at))


def shade(d: Draw) -> Things:
    """The sun's patch: large, and no thing."""
    return (
        *d.public,
        hall_thing("patch", 0, 130, size=(150, 100, 0.1), lab=(88.0, 2.0, 12.0)),
    )


def lamp_on(d: Draw) -> Things:
    return (*d.public, hall_thing("tube", 90, -39, 196, size=(70, 1, 40), lab=(99.0, 0.0, 4.0)))


def swapped(d: Draw) -> Things:
    a, b = d.own("doc_camera"), d.own("rating_device")
    first, second = replace(a, at=b.at), replace(b, at=a.at)
    return tuple(first if s is a else second if s is b else s for s in d.row)


def same(d: Draw) -> Things:
    return d.row


def same_hall(d: Draw) -> Things:
    return d.public


def sitting(d: Draw) -> Things:
    return (*d.row, d.person())


def signed(d: Draw) -> Things:
    y, z = d.shape.sign_y, d.shape.counter_z
    return (*d.row, solid("pause_sign", d.desk.x, y, z, size=(26, 8, 14), level=2))


def passer(d: Draw) -> Things:
    return (*d.public, solid("person", 0, 200, size=(48, 34, 170), level=3))


DESK_THINGS: Final = ("bag", "food", "umbrella")
PAPER = Three(
    "1S-2-(2)", "loose paper after hours", "N", lambda d: put(d, "paper"),
    (lambda d: across(d, "paper"), lambda d: put(d, "folder"), lambda d: put(d, "book")), SEEN,
)  # fmt: skip

THREES: Final[tuple[Three, ...]] = (
    Three("1S-0", "private things", "W", lambda d: put(d, *DESK_THINGS),
          (lambda d: across(d, "bag"), lambda d: put(d, "folder", "book")), SEEN),
    Three("1S-0", "under the desk", "N", lambda d: (*d.row, d.under("bag")),
          (same, lambda d: across(d, "bag")), SEEN),
    Three("1S-1-(1)", "shelf changed", "N",
          lambda d: (*d.public, jumble(d, -150, d.shape.shelf_y, 50)),
          (lambda d: (*d.public, jumble(d, -60, -3, 10)), same_hall), COMPARED, "shelf"),
    Three("1S-2-(1)", "folder out of place", "N",
          lambda d: (*d.public, hall_thing("folder", -150, d.shape.shelf_y, 50,
                                           size=(30, 4, 30))),
          (lambda d: (*d.public, hall_thing("chair", -80, 30, size=(50, 50, 86))), same_hall),
          COMPARED, "shelf"),
    PAPER,
    Three("1S-2-(3)", "on the cabinet", "W",
          lambda d: (*d.public, hall_thing(d.rng.choice(("carton", "bag", "plant")), -150, -25,
                                           120, size=(34, 26, 26))),
          (lambda d: (*d.public, hall_thing("carton", -80, 10, size=(34, 26, 26))),
           lambda d: (*d.public, hall_thing("notice", -150, -47, 160, size=(50, 1, 36)))),
          ("crowd", "dark", "gate"), "top"),
    Three("1S-2-(4)", "scattered papers", "W", papers,
          (lambda d: (*papers(d), d.person()), lambda d: put(d, "paper")), SEEN),
    Three("2S-0", "area sign gone", "W", lambda d: gone(d, "notice"), (same_hall,),
          COMPARED, "area", lambda d: gone(d, "notice")),
    Three("2S-1-(1)", "one too many", "W",
          lambda d: (*d.row, d.spot("telephone", 0.28, 0.55)),
          (lambda d: jitter(d, "telephone", "monitor"), lambda d: across(d, "telephone")),
          ("crowd", "gate"),
          hidden=lambda d: shift(d, "telephone", 0, 0)),
    Three("2S-1-(1)", "moved away", "W", lambda d: shift(d, "rating_device", 0, 24),
          (lambda d: jitter(d, "telephone", "monitor", "rating_device"),), ("crowd", "gate")),
    Three("2S-1-(2)", "poster", "W", poster,
          (poster, same_hall), SEEN, "wall", registers=approved),
    Three("2S-1-(2)", "fixture gone", "W", lambda d: gone(d, "plant"), (same_hall,),
          COMPARED, "green", lambda d: gone(d, "plant")),
    Three("2S-1-(3)", "on the seat", "W",
          lambda d: (*d.row, on_seat(d, d.rng.choice(("bag", "clothing", "carton")))),
          (sitting, lambda d: (*d.row, d.under("bag"))), ("crowd", "dark", "gate")),
    Three("2S-1-(4)", "box gone", "W", lambda d: gone(d, "service_box"), (same_hall, passer),
          COMPARED, "box", lambda d: gone(d, "service_box")),
    Three("2S-1-(5)", "left out", "N", lambda d: put(d, "stamp", "inkpad", "calculator"),
          (lambda d: across(d, "calculator"), lambda d: put(d, "mouse")), SEEN),
    Three("2S-2-(1)a", "pen gone", "W", lambda d: d.without(d.own("pen_base")),
          (same, lambda d: jitter(d, "pen_base")), COMPARED,
          hidden=lambda d: d.without(d.own("pen_base"))),
    Three("2S-2-(1)a", "pen moved", "N", pen_moved,
          (lambda d: jitter(d, "pen_base"),), ("gate",)),
    Three("2S-2-(1)b", "away without sign", "W", same, (sitting, signed),
          ("once", "dark", "gate", "crowd")),
    Three("2S-2-(2)", "telephone off its line", "W",
          lambda d: shift(d, "telephone", 0, d.rng.choice((-1, 1)) * d.rng.uniform(22, 30)),
          (lambda d: jitter(d, "telephone", "monitor"), lambda d: all_moved(d, "telephone")),
          ("gate",), "STAFF"),
    Three("2S-2-(2)", "chair off its line", "N", lambda d: shift(d, "chair", 0, 50),
          (lambda d: jitter(d, "chair", cm=4), lambda d: all_moved(d, "chair")), ("gate",),
          "STAFF"),
    Three("2S-2-(3)a", "desk pulled out", "N", pulled_out,
          (lambda d: jitter(d, "desk"), same), ("gate",), "STAFF"),
    Three("2S-2-(3)b", "not on the list", "W", lambda d: put(d, "bag", "food", "carton"),
          (lambda d: across(d, "bag"), lambda d: put(d, "folder", "book")), SEEN),
    Three("2S-2-(3)b", "clutter below", "N", lambda d: (*d.row, d.under("carton")),
          (lambda d: bin_at(d, 3), same), SEEN),
    Three("2S-2-(3)c", "device gone", "W", lambda d: d.without(d.own("rating_device")),
          (same, lambda d: jitter(d, "rating_device", "guide_rack")), COMPARED,
          hidden=lambda d: d.without(d.own("rating_device"))),
    Three("2S-2-(3)c", "swapped", "W", swapped,
          (lambda d: jitter(d, "doc_camera", "rating_device"),), ("crowd", "gate")),
    Three("2S-2-(4)", "phone", "W", lambda d: put(d, "phone", "charger", "earphones"),
          (lambda d: (*d.row, d.spot("phone", -0.42, 0.82, shake=2)),
           lambda d: across(d, "phone"), lambda d: put(d, "calculator")), SEEN),
    Three("2S-2-(5)", "cable on the floor", "W", lambda d: cable(d, 0.0),
          (lambda d: cable(d, d.shape.tray_z), same), SEEN),
    Three("2S-2-(6)a", "in the citizens' sight", "W",
          lambda d: (*d.row, d.spot(d.rng.choice(("bag", "food")), 0.3, 0.2)),
          (lambda d: (*d.row, d.spot("bag", 0.28, 0.85, shake=2)), lambda d: across(d, "bag")),
          SEEN),
    Three("2S-2-(6)b", "bin elsewhere", "N", lambda d: bin_at(d, d.rng.uniform(60, 90)),
          (lambda d: bin_at(d, 4), same), ("crowd", "gate")),
    Three("2S-2-(7)", "cushion", "W", lambda d: cushion(d, (60.0, 50.0, 40.0)),
          (lambda d: cushion(d, (33.0, 2.0, -5.0)),), ("ir", "gate"),
          hidden=lambda d: cushion(d, (33.0, 2.0, -5.0))),
    Three("2S-2-(8)", "over the back", "W", coat,
          (sitting, lambda d: (*d.row, on_back(d, "cushion"))), ("crowd", "dark", "gate")),
    Three("2S-2-(9)a", "cup off its point", "W", lambda d: put(d, "cup", "thermos", "bottle"),
          (lambda d: (*d.row, d.spot("cup", 0.42, 0.82, shake=2)), lambda d: across(d, "cup")),
          SEEN),
    Three("2S-2-(9)b", "loud cup", "W", lambda d: cup(d, (55.0, 65.0, 35.0)),
          (lambda d: cup(d, (90.0, 0.0, 2.0)),), ("ir", "gate"),
          hidden=lambda d: cup(d, (90.0, 0.0, 2.0))),
    Three("3S-0", "dirt before opening", "P", lambda d: floor(d, d.rng.choice(("litter", "stain"))),
          (shade, same_hall), SEEN, "floor"),
    Three("3S-2-(1)", "dirt by day", "W", lambda d: floor(d, d.rng.choice(("litter", "stain"))),
          (shade, same_hall), SEEN, "floor"),
    Three("3S-2-(2)", "not tidied", "N", lambda d: put(d, "paper", "bag", "carton", "food"),
          (lambda d: across(d, "bag"), lambda d: jitter(d, "telephone")), SEEN),
    Three("5S-1-(1)②", "rack changed", "P", lambda d: (*d.public, jumble(d, -15, -38, 12)),
          (lambda d: (*d.public, jumble(d, 120, -3, 90)), same_hall), COMPARED, "rack"),
    Three("5S-1-(1)③", "device gone", "P", lambda d: d.without(d.own("doc_camera")),
          (same, lambda d: jitter(d, "doc_camera")), COMPARED,
          hidden=lambda d: d.without(d.own("doc_camera"))),
    Three("5S-1-(2)①", "crowd at the window", "W",
          lambda d: [Shot("STAFF", t, folk(d, 3)) for t in ("10:00", "10:25", "10:50")],
          (lambda d: folk(d, 2), same), ("dark", "gate")),
    replace(PAPER, clause="5S-1-(3)①"),
    Three("5S-1-(3)②", "screen on", "N", screen, (lit, same), ("ir", "crowd", "gate")),
    Three("5S-2-(4)⑤", "phone off its place", "W", lambda d: put(d, "phone"),
          (lambda d: (*d.row, d.spot("phone", -0.42, 0.82, shake=2)),
           lambda d: across(d, "phone")), SEEN),
    Three("6S-(3)", "heater", "W", lambda d: (*d.row, d.under("heater")),
          (lambda d: bin_at(d, 3), same), SEEN),
    Three("6S-(3)", "exit blocked", "N",
          lambda d: (*d.public, hall_thing("carton", -150, 130, size=(44, 34, 34))),
          (lambda d: (*d.public, hall_thing("carton", -20, 130, size=(44, 34, 34))), same_hall),
          SEEN, "exit"),
    Three("6S-(3)", "extinguisher gone", "W", lambda d: gone(d, "extinguisher"), (same_hall,),
          COMPARED, "ext", lambda d: gone(d, "extinguisher")),
    Three("6S-(3)", "lamp on", "N", lamp_on, (same_hall,), ("ir", "gate"), "light"),
)  # fmt: skip
