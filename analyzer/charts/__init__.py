"""Charts: each takes frames and gives a `Chart`, or None where there is nothing to see."""

from analyzer.charts.accounts.account import draw_account
from analyzer.charts.accounts.contradiction import draw_contradiction
from analyzer.charts.accounts.ledger import draw_ledger
from analyzer.charts.accounts.waterfall import draw_waterfall
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.save import save_chart
from analyzer.charts.claims.ranges import draw_ranges, widest_slot
from analyzer.charts.claims.timeline import draw_timeline
from analyzer.charts.findings.glance import draw_glance
from analyzer.charts.findings.overview import draw_overview
from analyzer.charts.series.gap_band import draw_gap_band
from analyzer.charts.series.series import draw_series
from analyzer.charts.series.triangle import draw_triangle
from analyzer.charts.series.vintages import draw_vintages
from analyzer.charts.sources.agreement import draw_agreement
from analyzer.charts.sources.attribution import draw_attribution
from analyzer.charts.sources.lag import draw_lag

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
