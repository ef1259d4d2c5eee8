"""Charts of figures that must add up: accounts, ledgers, contradictions."""
