"""Maps of a run: counties by year and choice, drawn from coordinates or from boundaries that the user has."""
