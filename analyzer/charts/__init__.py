"""Charts: each takes frames and gives a `Chart`, or None where there is nothing to see."""

from analyzer.charts.account import draw_account
from analyzer.charts.chart import Chart
from analyzer.charts.overview import draw_overview
from analyzer.charts.ranges import draw_ranges, widest_slot
from analyzer.charts.save import save_chart
from analyzer.charts.timeline import draw_timeline

__all__ = [
    "Chart",
    "draw_account",
    "draw_overview",
    "draw_ranges",
    "draw_timeline",
    "save_chart",
    "widest_slot",
]
