"""Charts of findings: all at once, and the small ones of page one."""
