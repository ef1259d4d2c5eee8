"""Charts of the claims of one measure: over time, and who says what."""
