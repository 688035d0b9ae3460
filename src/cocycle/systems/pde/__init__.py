"""Partial differential equations on periodic grids."""
