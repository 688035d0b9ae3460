"""Flows of fluids: convection, mixing, turbulence."""
