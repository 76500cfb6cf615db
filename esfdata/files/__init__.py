"""Bytes on disk: written whole or not at all, packed, summed, and found again by line and cell."""
