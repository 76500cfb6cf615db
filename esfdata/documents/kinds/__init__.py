"""The kinds of papers: one module a kind."""
