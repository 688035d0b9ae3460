"""Flows of neurons."""
