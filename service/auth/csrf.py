"""CSRF tokens: an HMAC over what only this browser holds, so nothing has to be stored."""

from __future__ import annotations

import hashlib
import hmac


def csrf_token(secret: str, binding: str) -> str:
    """The token for a session (or, before log-in, for the log-in cookie)."""
    return hmac.new(secret.encode(), b"csrf:" + binding.encode(), hashlib.sha256).hexdigest()


def csrf_matches(secret: str, binding: str, given: str | None) -> bool:
    """Whether the token given belongs to the binding; compared in constant time."""
    return bool(given) and hmac.compare_digest(csrf_token(secret, binding), str(given))
