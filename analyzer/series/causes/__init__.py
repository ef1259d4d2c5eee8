"""Tests of the causes of an event: small functions, each with its evidence, and their weights."""
