"""Repairs that cannot be wrong."""
