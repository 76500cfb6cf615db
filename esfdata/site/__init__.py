"""The site: pages from a package and its findings, as files that need no server."""

from __future__ import annotations

from esfdata.release.history import summary
from esfdata.site.server import serve
from esfdata.site.site_writer import write

__all__ = ["serve", "summary", "write"]
