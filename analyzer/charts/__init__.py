"""Charts: each takes frames and gives a `Chart`, or None where there is nothing to see."""

from analyzer.charts.account import draw_account
from analyzer.charts.agreement import draw_agreement
from analyzer.charts.attribution import draw_attribution
from analyzer.charts.chart import Chart
from analyzer.charts.contradiction import draw_contradiction
from analyzer.charts.gap_band import draw_gap_band
from analyzer.charts.glance import draw_glance
from analyzer.charts.lag import draw_lag
from analyzer.charts.ledger import draw_ledger
from analyzer.charts.overview import draw_overview
from analyzer.charts.ranges import draw_ranges, widest_slot
from analyzer.charts.save import save_chart
from analyzer.charts.series import draw_series
from analyzer.charts.timeline import draw_timeline
from analyzer.charts.triangle import draw_triangle
from analyzer.charts.vintages import draw_vintages
from analyzer.charts.waterfall import draw_waterfall

__all__ = [
    "Chart",
    "draw_account",
    "draw_agreement",
    "draw_attribution",
    "draw_contradiction",
    "draw_gap_band",
    "draw_glance",
    "draw_lag",
    "draw_ledger",
    "draw_overview",
    "draw_ranges",
    "draw_series",
    "draw_timeline",
    "draw_triangle",
    "draw_vintages",
    "draw_waterfall",
    "save_chart",
    "widest_slot",
]
