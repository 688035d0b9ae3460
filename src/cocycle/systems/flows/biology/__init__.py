"""Flows of cells, bodies and epidemics."""
