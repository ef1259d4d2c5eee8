"""The only writer: of reports, where a folder is complete or it is not there, and of tables."""

from analyzer.outputs.folders import reserved, write_report
from analyzer.outputs.locks import alone
from analyzer.outputs.rows import append_rows
from analyzer.outputs.tables import (
    claims_csv,
    events_csv,
    findings_csv,
    findings_json,
    listed_csv,
    table_csv,
    to_json,
)

__all__ = [
    "alone",
    "append_rows",
    "claims_csv",
    "events_csv",
    "findings_csv",
    "findings_json",
    "listed_csv",
    "reserved",
    "table_csv",
    "to_json",
    "write_report",
]
