"""One module a schema change, oldest first; a change that was released is never edited."""
