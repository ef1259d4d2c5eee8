"""Charts of daily series: their events, their versions, two of them side by side."""
