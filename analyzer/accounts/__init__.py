"""Accounts in bulk: places of look-ups, values of terms and verdicts as arrays over all at once."""
