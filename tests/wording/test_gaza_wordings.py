"""The wordings of the gaza-war dossier with the bounds that a careful reader takes."""

from math import inf

import pytest

from analyzer.wording import parse

# wording, literal low, literal high, qualifier, stated number
READINGS = [
    ("10 mil", 10_000, 10_000, "exact", 10_000),
    ("cerca de 27 mil", 24_300, 29_700, "approximate", 27_000),
    ("mais de 1.400", 1400, inf, "more than", 1400),
    ("más de 1,300", 1300, inf, "more than", 1300),
    ("plus de 1 400", 1400, inf, "more than", 1400),
    ("Au moins 46.707", 46_707, inf, "at least", 46_707),
    ("apat", 4, 4, "exact", 4),
    ("Fire", 4, 4, "exact", 4),
    ("elleve", 11, 11, "exact", 11),
    ("noin 1 200", 1080, 1320, "approximate", 1200),
    ("yli 1 200", 1200, inf, "more than", 1200),
    ("rund 250", 225, 275, "approximate", 250),
    ("peste 39.000", 39_000, inf, "more than", 39_000),
    ("nasa 7,000", 6300, 7700, "approximate", 7000),
    ("sedikitnya 40", 40, inf, "at least", 40),
    ("sekitar 1.900", 1710, 2090, "approximate", 1900),
    ("quase 250", 225, 250, "nearly", 250),
    ("10 آلاف", 10_000, 10_000, "exact", 10_000),
    ("بنحو 30 ألف", 27_000, 33_000, "approximate", 30_000),
    ("نحو ثمانية آلاف", 7200, 8800, "approximate", 8000),
    ("ما لا يقل عن 7000", 7000, inf, "at least", 7000),
    ("कम से कम 27,365", 27_365, inf, "at least", 27_365),
    ("কমপক্ষে ২৭৪", 274, inf, "at least", 274),
    ("குறைந்தது 60,332", 60_332, inf, "at least", 60_332),
    ("15-month-long", 15, 15, "exact", 15),
    ("15-plus-month", 15, inf, "at least", 15),
    ("10th", 10, 10, "exact", 10),
    ("top 1,000", 1000, inf, "more than", 1000),
    ("topped 50,000", 50_000, inf, "more than", 50_000),
    ("surpassed 68,000", 68_000, inf, "more than", 68_000),
    ("nearing 56,700", 51_030, 56_700, "nearly", 56_700),
    ("another 250", 250, 250, "exact", 250),
    ("only 17%", 17, 17, "exact", 17),
    ("just 17 percent", 17, 17, "exact", 17),
    ("totaling 28", 28, 28, "exact", 28),
    ("low end of the 100-to-300", 100, 300, "range", None),
    ("between 90 to 100", 90, 100, "range", None),
    ("30,000 or more", 30_000, inf, "at least", 30_000),
    ("between a third and a half", 1 / 3, 0.5, "range", None),
    ("more than half", 0.5, inf, "more than", 0.5),
    ("more than thousand", 1000, inf, "more than", 1000),
    ("less than ten", -inf, 10, "less than", 10),
    ("thousands", 2000, inf, "vague", None),
    ("Two-hundred fifty", 250, 250, "exact", 250),
    ("64 260", 64_260, 64_260, "exact", 64_260),
    ("about 41% higher", 36.9, 45.1, "approximate", 41),
    ("a minimum of 38,514", 38_514, inf, "at least", 38_514),
    ("59·1%", 59.1, 59.1, "exact", 59.1),
    ("1.189", 1189, 1189, "exact", 1189),
    ("22.438", 22_438, 22_438, "exact", 22_438),
]


@pytest.mark.parametrize(("text", "low", "high", "qualifier", "stated"), READINGS)
def test_readings(text: str, low: float, high: float, qualifier: str, stated: float | None) -> None:
    figure = parse(text, integral=True)
    assert (figure.literal.low, figure.literal.high) == (pytest.approx(low), pytest.approx(high))
    assert figure.qualifier == qualifier
    assert figure.stated == (pytest.approx(stated) if stated is not None else None)
