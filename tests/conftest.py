"""Fixtures that all tests share."""

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # for `import samples`; the checkout itself stays out

if not (library := find_spec("esfdata")) or not library.origin:
    pytest.exit("esfdata is not installed here: `make dev` installs this checkout, then .venv/bin/pytest works.", 4)


# The same cases in every run of CI, and new ones at a desk; a busy machine is no fault.
settings.register_profile("esfdata", derandomize="CI" in os.environ, print_blob=True, deadline=None)
settings.load_profile("esfdata")


def older() -> Iterator[str]:
    """The modules that are installed otherwise than the checkout has them."""
    plugin = find_spec("frictionless_esfdata")
    installed = {Path("esfdata/compile/frictionless_esfdata.py"): Path(plugin.origin if plugin else "absent")}
    for path in (ROOT / "esfdata").rglob("*.py"):
        inside = path.relative_to(ROOT)
        installed.setdefault(inside, Path(library.origin).parents[1] / inside)
    for inside, path in installed.items():
        if not path.is_file() or path.read_bytes() != (ROOT / inside).read_bytes():
            yield str(inside)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say where the tests asked another esfdata than that of the checkout."""
    if names := sorted(older()):
        hint = f"What is installed differs from the checkout in {len(names)} modules, such as {names[0]}: "
        terminalreporter.write_line(f"{hint}run `make dev`, or `make test` for the wheel.", yellow=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one way in which golden files change."""
    parser.addoption("--accept", action="store_true", help="take the present output as the golden one")


@pytest.fixture
def golden(request: pytest.FixtureRequest):
    """Compare a text with a golden file, or with --accept write it."""

    def compare(name: str, actual: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--accept"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path.name} is not there yet: look at the output and run pytest --accept"
        assert path.read_bytes().decode() == actual

    return compare


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; tests that need it are skipped without it."""
    folder = Path(os.environ.get("ESFDATA_SHARED", ROOT.parent / "shared"))
    if not (folder / "documents").is_dir():
        pytest.skip(f"the real documents are not beside this checkout ({folder.name}/ is absent)")
    return folder
