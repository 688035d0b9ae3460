"""Flows of the atmosphere and the ocean."""
