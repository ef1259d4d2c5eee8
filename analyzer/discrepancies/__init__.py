"""Detectors: each reads aligned claims and returns drafts of findings; one file, one kind."""
