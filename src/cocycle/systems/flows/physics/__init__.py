"""Flows of physics: mechanics, optics, dynamos."""
