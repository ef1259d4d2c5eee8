"""The PDF report: `report.json` and the charts in, bytes out; nothing is computed here."""
