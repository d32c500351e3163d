"""The JSON API under /api/v1: the same queries and verdicts as the pages."""
