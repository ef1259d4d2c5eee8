"""Charts of who passes on whose figures: attribution, agreement, lag."""
