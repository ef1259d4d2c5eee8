"""The gallery shows what the documents name, and nothing that they don't."""

from __future__ import annotations

import re

from dossiers import ROOT

GALLERY = ROOT / "docs" / "gallery"
IMAGE = re.compile(r"!\[(?P<alt>.+?)\]\(<(?P<name>[^>]+\.png)>\)")


def test_each_picture_is_shown_with_a_text_for_those_who_do_not_see_it() -> None:
    shown = {
        found["name"]: found["alt"]
        for found in IMAGE.finditer((GALLERY / "README.md").read_text("utf-8"))
    }
    assert set(shown) == {path.name for path in GALLERY.glob("*.png")}
    assert all(len(alt) > 20 for alt in shown.values())


def test_each_shipped_dossier_and_kind_of_chart_is_shown() -> None:
    names = {path.name for path in GALLERY.glob("*.png")}
    for dossier in (path.parent.name for path in (ROOT / "datasets").glob("*/claims.csv")):
        assert f"{dossier}.page-one.png" in names
    kinds = {name.split(".")[1] for name in names}
    assert kinds >= {"overview", "ranges", "timeline", "attribution", "agreement", "lag", "account"}
    assert kinds >= {"ledger", "waterfall", "contradiction", "envelope", "series", "vintages"}
    assert kinds >= {"triangle", "gap"}


def test_pictures_that_the_readme_shows_are_there() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in re.findall(r'src="(docs/[^"]+)"', readme):
        assert (ROOT / name).is_file(), name
