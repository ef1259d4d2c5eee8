"""What can't be used, told all at once: cells, references between tables, dates, repeats."""
