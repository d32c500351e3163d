"""Pages: one route, one template, one query."""
