"""复核: what waits for an inspector, what was decided, what was added by hand."""
