"""The command line: `esfdata build|extract|validate|explain|describe|publish|waive|fix`.

Findings go to standard output, all else to standard error. Exit status: 0 nothing at or above
`--fail-on`, 1 findings, 2 the run failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from esfdata.cli.command import say
from esfdata.cli.parser import parser
from esfdata.exceptions import EsfdataError, PublishError

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = parser(str(__doc__).splitlines()[0]).parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except PublishError as error:
        say(f"esfdata: {error}")
        return 1
    except EsfdataError as error:
        if options.debug:
            raise
        say(f"esfdata: {error}")
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        say(f"esfdata: {error.filename or ''}: {error.strerror or error}")
        return 2
    except Exception as error:
        if options.debug:
            raise
        text = " ".join(f"{type(error).__name__}: {error}".split())
        say(f"esfdata: this is a fault of esfdata, not of what it read: {text[:300]} (--debug shows where)")
        return 2
    except KeyboardInterrupt as stop:
        say("; ".join(["esfdata: interrupted", *map(str, stop.args), "nothing was half-written"]))
        return INTERRUPTED


def entry() -> None:
    """The command `esfdata`: after Ctrl-C it waits for nothing that is still being read."""
    status = main()
    if status == INTERRUPTED:
        sys.stdout.flush()
        os._exit(2)
    sys.exit(status)


if __name__ == "__main__":
    entry()
