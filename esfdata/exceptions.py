"""Faults of a run, apart from faults of the data (those are findings)."""


class EsfdataError(Exception):
    """The run cannot go on: the text says what was expected, what was found and what would be accepted."""


class SourceError(EsfdataError):
    """A source, folder or file cannot be read at all."""


class PackageError(EsfdataError):
    """A data package cannot be opened: its descriptor, a resource or a path is not usable."""


class CheckError(EsfdataError):
    """A check is written wrongly or raised while it ran."""


class PublishError(EsfdataError):
    """A release was refused; the previous one stands."""
