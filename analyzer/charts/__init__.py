"""Charts: each takes frames and gives a `Chart`, or None where there is nothing to see."""

from analyzer.charts.account import draw_account
from analyzer.charts.agreement import draw_agreement
from analyzer.charts.attribution import draw_attribution
from analyzer.charts.chart import Chart
from analyzer.charts.lag import draw_lag
from analyzer.charts.overview import draw_overview
from analyzer.charts.ranges import draw_ranges, widest_slot
from analyzer.charts.save import save_chart
from analyzer.charts.timeline import draw_timeline

__all__ = [
    "Chart",
    "draw_account",
    "draw_agreement",
    "draw_attribution",
    "draw_lag",
    "draw_overview",
    "draw_ranges",
    "draw_timeline",
    "save_chart",
    "widest_slot",
]
