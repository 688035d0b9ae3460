"""Mechanics: Hamiltonian and Lagrangian systems."""
