"""A small server for a look at the site: on this machine only, and never beyond its folder."""

from __future__ import annotations

import functools
import sys
import webbrowser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from esfdata.exceptions import EsfdataError


class Handler(SimpleHTTPRequestHandler):
    """Serves files without a log of every request, and never from a cache."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of single requests."""

    def end_headers(self) -> None:
        """Ask for every file anew: the site may have been written again."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server of `folder`, not yet running; port 0 takes a free one. EsfdataError where it cannot be had."""
    if not (folder / "index.html").is_file():
        raise EsfdataError(f"{folder}: there is no index.html; `esfdata site PACKAGE --to {folder}` writes one")
    handler = functools.partial(Handler, directory=str(folder))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise EsfdataError(f"port {port} cannot be had ({error.strerror}); another may be free: --port 0") from error


def serve(folder: str | Path, port: int = 8000, *, show: bool = False) -> None:
    """Serve a folder on this machine only, until Ctrl-C; `show` opens a browser."""
    with server(Path(folder), port) as running:
        address = f"http://127.0.0.1:{running.server_port}/"
        print(f"{folder} is at {address}; Ctrl-C ends", file=sys.stderr)
        if show:
            webbrowser.open(address)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print("", file=sys.stderr)
