"""Flows of ecology."""
