"""The report as PDF, page and Markdown: `report.json` and the charts in, bytes and text out."""
