"""Maps of ecology."""
