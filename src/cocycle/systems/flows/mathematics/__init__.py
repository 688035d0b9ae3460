"""Flows that illustrate a mathematical point."""
