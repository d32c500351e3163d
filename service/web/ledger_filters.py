"""What the ledger is narrowed to: the same words in the list's address and in its export's."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final, Literal

from fastapi import Depends, Query

from service.auth.viewer import Viewer
from service.ledger.read import Filters
from service.ledger.states import State
from service.web.deps import MAX_ID

STATES: Final = ("open", *(state.value for state in State if state is not State.PENDING))


def asked_filters(
    hall: Annotated[int | Literal[""], Query()] = "",
    window: Annotated[str, Query(max_length=64)] = "",
    state: Annotated[str, Query(max_length=16)] = "",
    clause: Annotated[str, Query(max_length=32)] = "",
    channel: Literal["", "camera", "manual", "patrol", "joint"] = "",
    overdue: bool = False,
    finding: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
) -> Filters:
    """As the address says; ``kept`` drops what is none of the caller's."""
    state = state if state in STATES else ""
    return Filters(hall or None, window, state, clause, channel, overdue, finding)


def kept(filters: Filters, viewer: Viewer) -> Filters:
    """Without a hall that the viewer does not see: the list is then that of their own halls."""
    own = filters.hall is None or viewer.sees(filters.hall)
    return filters if own else replace(filters, hall=None)


FiltersDep = Annotated[Filters, Depends(asked_filters)]
