"""Flows of chemical reactions."""
