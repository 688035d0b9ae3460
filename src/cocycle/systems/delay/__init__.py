"""Delay differential equations."""
