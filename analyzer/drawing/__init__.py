"""Which charts a report has, and how they are drawn or taken from the last report."""
