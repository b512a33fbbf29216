"""Conditions, settings and modes in the methods of a Module."""
