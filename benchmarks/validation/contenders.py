"""What is measured: esfdata in its ways, and the peers, each as the command of a whole process."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RULES = HERE / "rules"

PEERS = {
    "polars": ("Polars {}, by hand", "polars", None),
    "duckdb": ("DuckDB {}, by hand", "duckdb", None),
    "dataframely": ("dataframely {}", "dataframely", ".venv-peers"),
    "pandera-polars": ("pandera {} (Polars)", "pandera", ".venv-peers"),
    "pandera-pandas": ("pandera {} (pandas)", "pandera", ".venv-peers"),
    "pointblank": ("pointblank {}", "pointblank", ".venv-peers"),
    "frictionless": ("frictionless {}", "frictionless", ".venv-peers"),
    "great-expectations": ("Great Expectations {}", "great-expectations", ".venv-peers-gx"),
}
"""Each peer: its title with a place for the version, its distribution, and its environment (none: the one here)."""

ENGINES = ("polars", "duckdb", "pandas")


@dataclass(frozen=True)
class Contender:
    """A command that validates `{folder}` into `{output}`; `judged` if what it finds is compared with the truth."""

    title: str
    command: tuple[str, ...]
    judged: bool = True

    def on(self, folder: Path, output: Path) -> list[str]:
        """The command for a package and a file of findings."""
        places = {"{folder}": str(folder), "{output}": str(output)}
        return [places.get(word, word) for word in self.command]


def esfdata(title: str, *options: str, judged: bool = True) -> Contender:
    """The library's own command, as a user gives it."""
    command = (sys.executable, "-P", "-m", "esfdata", "validate", "{folder}", *options)
    return Contender(title, (*command, "--format", "json", "--output", "{output}", "--fail-on", "never"), judged)


def own(engines: list[str], catalogue: bool) -> list[Contender]:
    """The library with the rules of the benchmark on each engine, and with all checks that it ships."""
    made = [
        esfdata("esfdata" if engine == "polars" else f"esfdata, {engine}", "--checks", str(RULES), "--engine", engine)
        for engine in engines
    ]
    return made + ([esfdata("esfdata, all its checks", judged=False)] if catalogue else [])


def peer(name: str) -> Contender | None:
    """A peer's script in its environment, or nothing where that is not installed."""
    title, distribution, environment = PEERS[name]
    python = str(ROOT / environment / "bin" / "python") if environment else sys.executable
    if not Path(python).exists():
        return None
    asked = [python, "-c", f"from importlib.metadata import version; print(version({distribution!r}))"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    if told.returncode:
        return None
    script = str(HERE / "peers" / f"by_{name.replace('-', '_')}.py")
    return Contender(title.format(told.stdout.strip()), (python, script, "{folder}", "{output}"))
