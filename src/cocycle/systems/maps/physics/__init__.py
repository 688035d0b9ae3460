"""Maps of physics: mechanics, optics, dynamos."""
