"""What a reader of a form raises when a file of that form cannot be read."""

from __future__ import annotations


class UnreadableError(Exception):
    """What was found instead of a readable file, as the end of a sentence that begins with its name."""
