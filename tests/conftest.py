"""Fixtures that all tests share."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # for `import samples`; the checkout itself stays out


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
