"""A document as blocks, before it is a Word file or a PDF: the two can't say different things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from service.clock import to_hall

_CJK: Final = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u201c\u201d"
_PAIR: Final = re.compile(r"(.?)\(([^()]*)\)")
_HAS: Final = re.compile(f"[{_CJK}]")
_MARKS: Final = {",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "!": "\uff01", "?": "\uff1f"}
_BETWEEN: Final = re.compile(rf"(?<=[{_CJK}%])([,;:!?])|([,;:!?])(?=[{_CJK}])")


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1: 一、 in 黑体; 2: in 楷体; 3: the title of an annex."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; ``indent``: by two characters; ``align``: left, center or right.

    ``keep``: on the page of what follows, so that no page holds a signature alone.
    """

    text: str
    indent: bool = True
    align: str = "left"
    small: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``widths`` are shares of the line; ``align``: a letter a column out of l, c, r.

    Without ``head`` it is a form: its odd columns are labels.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    align: str = ""
    caption: str = ""

    def side(self, column: int) -> str:
        return self.align[column] if column < len(self.align) else "c"


@dataclass(frozen=True, slots=True)
class Photos:
    """整改前后对照 of one case: two JPEGs side by side under its caption, all on one page."""

    caption: str
    before: bytes | None
    after: bytes | None
    before_text: str = "整改前"
    after_text: str = "整改后"


@dataclass(frozen=True, slots=True)
class Break:
    """The heading that follows begins a new page."""


@dataclass(frozen=True, slots=True)
class Sign:
    """落款: who and when, at the right."""

    lines: tuple[str, ...]


Block: TypeAlias = Heading | Para | Table | Photos | Break | Sign


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document.

    ``official``: laid out as GB/T 9704-2012 asks (版心 156 × 225 mm, 22 lines of 28 characters);
    else a form, tighter.  ``red_head``: 发文机关标志, "" for none.  ``mark``: a word across every
    page (拟稿, 试行), with ``reader``'s name: a copy says whose it is; both empty for an original.
    """

    title: str
    blocks: tuple[Block, ...]
    official: bool = False
    landscape: bool = False
    red_head: str = ""
    number: str = ""
    addressee: str = ""
    reader: str = ""
    mark: str = ""
    made: datetime | None = None

    @property
    def watermark(self) -> str:
        return " ".join(part for part in (self.mark, self.reader) if part)

    @property
    def foot(self) -> str:
        """Whose copy it is and when it was taken; "" for an original."""
        if not self.reader or self.made is None:
            return ""
        return f"查阅人:{self.reader} {to_hall(self.made):%Y-%m-%d %H:%M}"


def typeset(text: str) -> str:
    """Chinese punctuation where Chinese stands: commas, colons and brackets in full width.

    Clause ids keep their brackets: ``2S-2-(4)``.
    """

    def pair(found: re.Match[str]) -> str:
        before, inside = found.group(1), found.group(2)
        if _HAS.search(inside) or (before and _HAS.match(before)):
            return f"{before}\uff08{inside}\uff09"
        return found.group(0)

    text = _PAIR.sub(pair, text)
    return _BETWEEN.sub(lambda found: _MARKS[found.group(1) or found.group(2)], text)


def printable(text: str) -> str:
    """Without control characters, which neither Word nor Typst would take."""
    return "".join(c for c in text if c == "\n" or c.isprintable())


def set_text(text: str) -> str:
    """A text as it is printed."""
    return typeset(printable(text))
