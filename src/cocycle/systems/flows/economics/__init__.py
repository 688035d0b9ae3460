"""Flows of economics and society."""
