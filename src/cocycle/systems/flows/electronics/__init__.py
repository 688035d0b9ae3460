"""Flows of electronic circuits."""
