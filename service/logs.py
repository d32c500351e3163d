"""The log: one JSON object a line on standard error, and no secret in any of them.

Everything that is logged goes through ``clean``: credentials in addresses, values under a telling
name, authorization headers and the webhook's key are blotted out, also inside a trace.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any, Final, Literal, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

from service.clock import iso, utc_now
from service.net import redact
from service.settings import Settings

BLOT: Final = "***"
_NAME: Final = re.compile(
    r"(?i)(pass(word|wd|phrase)?|pwd|secret|token|api_?key|authorization|cookie|credential|sealed)"
)
_HEADER: Final = re.compile(r"(?i)\b(basic|bearer|digest)\s+[A-Za-z0-9+/=._~-]{6,}")
_DIGEST: Final = re.compile(r'(?i)\b(response|cnonce|nonce)="[^"]*"')
_PAIR: Final = re.compile(
    r"""(?i)(["']?\b[\w-]*(?:password|passwd|pwd|secret|token|api_?key)["']?\s*[:=]\s*)"""
    r"""("[^"]*"|'[^']*'|[^\s,;&)}\]]+)"""
)
_KEY_IN_QUERY: Final = re.compile(r"(?i)([?&](?:key|k)=)[^&\s\"']+")
QUIET: Final = ("httpx", "httpcore", "apscheduler", "asyncio", "PIL", "alembic", "multipart")
"""Libraries whose talk below a warning is theirs; some of it shows whole addresses."""


def clean(text: str) -> str:
    """A text without credentials."""
    text = _HEADER.sub(rf"\1 {BLOT}", redact(text))
    text = _KEY_IN_QUERY.sub(rf"\1{BLOT}", _DIGEST.sub(rf'\1="{BLOT}"', text))
    return _PAIR.sub(rf"\1{BLOT}", text)


def clean_value(name: str, value: object) -> object:
    """What may be logged under a name: plain values, cleaned, at any depth."""
    if _NAME.search(name) and not isinstance(value, bool | int | float | None):
        return BLOT
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool | int | float | None):
        return value
    if isinstance(value, Mapping):
        return {clean(str(k)): clean_value(str(k), v) for k, v in value.items()}
    if isinstance(value, bytes | bytearray):
        return f"{len(value)} bytes"
    if isinstance(value, Sequence):
        return [clean_value(name, v) for v in value]
    return clean(str(value))


def _cleaned(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    # what structlog keeps for itself stays as it is
    return {k: v if k.startswith("_") else clean_value(k, v) for k, v in event.items()}


def _timed(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    event["at"] = iso(utc_now())
    return event


class _Handler(logging.StreamHandler[TextIO]):
    """Writes where standard error is now, or to the stream it was given."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__(stream)
        self._given = stream

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = self._given or sys.stderr
        super().emit(record)


def set_up(
    settings: Settings,
    stream: TextIO | None = None,
    *,
    least: Literal["info", "error"] = "info",
) -> None:
    """Send this process's log, and that of its libraries, to standard error.

    ``least``: a command that speaks to a person on the terminal logs no less than this.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        _timed,
        # a plain trace: a pretty one would show local variables, and with them passwords
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)
        if settings.log_format == "json"
        else structlog.processors.KeyValueRenderer(key_order=["at", "level", "event"])
    )
    handler = _Handler(stream)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[ProcessorFormatter.remove_processors_meta, _cleaned, last],
        )
    )
    root = logging.getLogger()
    # what others put there (a test's listener) stays
    root.handlers[:] = [handler, *(h for h in root.handlers if not isinstance(h, _Handler))]
    levels = logging.getLevelNamesMapping()
    root.setLevel(max(levels[settings.log_level.upper()], levels[least.upper()]))
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
