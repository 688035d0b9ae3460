"""Networks of coupled units."""
