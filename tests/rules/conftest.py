"""A busy machine is no failure: property tests have no deadline, and draw the same every time."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("steady")
