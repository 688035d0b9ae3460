"""Maps of neurons."""
