"""docs/import.md says what the code does."""

import pytest
from dossiers import ROOT
from importing import Place

from analyzer.imports import mapping

DOCS = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "keys",
    ["TABLE_KEYS", "LAYOUTS", "HOLDINGS", "CLAIM_KEYS", "CELL_KEYS", "SERIES_KEYS"],
)
def test_every_key_of_a_mapping_stands_in_the_docs_with_the_words_of_the_code(keys: str) -> None:
    for key, text in getattr(mapping, keys).items():
        assert f"| `{key}` | {text} |" in DOCS, key


def test_the_mapping_of_the_docs_is_a_mapping(place: Place) -> None:
    example = DOCS.split("```toml\n")[1].split("```")[0]
    for old, new in (
        ("techforpalestine", "daily"),
        ("gaza_health_ministry", "ministry"),
        ('"killed_daily"', '"freed_day"'),
        ('measure = "killed"', 'measure = "toll"'),
    ):
        example = example.replace(old, new)
    table = "report_date,report_source,report_period,killed_cum,killed,ext_killed\n"
    table += "2024-03-02,mohtel,48,9.0,2.0,2\n2024-03-03,missing,0,9.0,0,0\n"
    assert place.run(table, example) == 0
    assert [row[:4] for row in place.claims()] == [
        ("toll", "9", "2024-03-02", ""),
        ("freed_day", "2", "2024-03-02", "2024-03-01"),
    ]
