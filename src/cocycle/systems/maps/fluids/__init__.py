"""Maps of fluid mechanics: stirring and reduced models of turbulence."""
