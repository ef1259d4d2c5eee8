"""The report's data object: everything that PDF, page and report.json say, in plain values."""
