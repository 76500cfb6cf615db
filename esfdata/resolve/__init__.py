"""Statements to tables: which document is a rendition of which, and which source a cell is taken from."""
