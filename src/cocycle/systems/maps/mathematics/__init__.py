"""Maps that illustrate a mathematical point."""
