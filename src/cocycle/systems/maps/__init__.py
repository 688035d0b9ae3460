"""Difference equations."""
