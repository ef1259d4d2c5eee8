"""Dated figures of one publisher as series: events, their causes, suggested corrections."""
