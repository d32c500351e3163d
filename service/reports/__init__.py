"""Documents made of the ledger."""
