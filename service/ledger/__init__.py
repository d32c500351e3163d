"""台账: the ledger of confirmed findings, from 已确认 to 已销号."""
