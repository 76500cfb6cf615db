"""The scripts that the workflows call: a release, the release after it, a refresh and its proposal, in a clone.

`gh` is a program of the test's own, `origin` a bare repository beside the clone, and the releases lie on a server of
this machine. What the service alone does (its runners, attestation, Pages, permissions) is proved by no test.
"""

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ESFDATA = Path(sys.executable).with_name("esfdata")
DOCUMENT = "S20731-hankekortti.txt"
GH = """#!/bin/sh
echo "gh $*" >> "$GH_CALLS"
case "$1 $2" in "pr list") echo "$GH_OPEN";; esac
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *arguments: object) -> None:
        pass


def git(place: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.invalid")
    return subprocess.run(["git", *identity, *arguments], cwd=place, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def clone(root, tmp_path):
    """A repository with the scripts and the package, and an `origin`."""
    place = tmp_path / "clone"
    for folder in (".ci", "datapackage"):
        shutil.copytree(root / folder, place / folder)
    (place / ".gitignore").write_text("out/\nrefresh/\n")
    git(place, "init", "--quiet", "--initial-branch", "main")
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "-m", "The package")
    git(tmp_path, "clone", "--quiet", "--bare", str(place), "origin.git")
    git(place, "remote", "add", "origin", str(tmp_path / "origin.git"))
    return place


@pytest.fixture
def served(tmp_path):
    """A folder and the address at which it is served."""
    folder = tmp_path / "served"
    folder.mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def run(place: Path, script: str, **given: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ESFDATA": str(ESFDATA), **given}
    return subprocess.run([place / ".ci" / script], env=environment, capture_output=True, text=True, check=False)


def version(place: Path) -> str:
    return json.loads((place / "datapackage/datapackage.json").read_text(encoding="utf-8"))["version"]


def test_a_release_and_the_one_after_it(clone, served):
    folder, address = served
    means = {"BASE_URL": f"{address}/pages/", "ESFDATA_RELEASES": f"{address}/releases/download"}
    for time in ("first", "second"):
        done = run(clone, "release", GITHUB_REF_NAME=version(clone), **means)
        assert 0 == done.returncode, done.stderr
        assert (time == "first") is ("these are the first" in done.stdout)
        assets = clone / "out" / "assets"
        names = {path.name for path in assets.iterdir()}
        assert {"CITATION.cff", "pages.tar.gz", f"esfdata-{version(clone)}.zip"} <= names
        subprocess.run(["sha256sum", "--check", "--quiet", "../SUBJECTS"], cwd=assets, check=True)
        assert (clone / "out/pages/index.html").is_file()
        assert (clone / "out/notes.md").read_text(encoding="utf-8").strip()
        for place in (f"download/{version(clone)}", "latest/download"):
            shutil.copytree(assets, folder / "releases" / place, dirs_exist_ok=True)


def test_a_refresh_proposes_what_changed_and_nothing_else(clone, served, tmp_path):
    output, calls = tmp_path / "output", tmp_path / "calls"
    assert 0 == run(clone, "refresh", GITHUB_OUTPUT=str(output)).returncode
    assert "changed=false\n" == output.read_text()

    folder, address = served
    source = (clone / "datapackage/documents" / DOCUMENT).read_text(encoding="utf-8")
    (folder / DOCUMENT).write_text(re.sub(r"(\d)(\s*€)", r"7\2", source, count=1), encoding="utf-8")
    done = run(clone, "refresh", SOURCES=f"{address}/{DOCUMENT}\n", GITHUB_OUTPUT=str(output))
    assert (0, "changed=false\nchanged=true\n") == (done.returncode, output.read_text()), done.stderr
    assert (clone / "refresh/difference.md").read_text(encoding="utf-8").strip()

    git(clone, "checkout", "--quiet", "--", "datapackage")
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    for open_ones, word in (("0", "create"), ("1", "edit")):
        git(clone, "switch", "--quiet", "main")
        means = {"GH_CALLS": str(calls), "GH_OPEN": open_ones, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
        done = run(clone, "propose", **means)
        assert 0 == done.returncode, done.stderr
        assert calls.read_text().splitlines()[-1].startswith(f"gh pr {word} ")
    changed = git(tmp_path / "origin.git", "diff", "--name-only", "main", "refresh").split()
    assert f"datapackage/documents/{DOCUMENT}" in changed
    assert [] == [name for name in changed if not name.startswith("datapackage/")]


@pytest.mark.parametrize(
    ("script", "given", "sentence"),
    [
        ("release", {"GITHUB_REF_NAME": "1999.1.0"}, "The tag is 1999.1.0 and datapackage/datapackage.json has the version"),
        ("refresh", {"SOURCES": "http://127.0.0.1:9/?file=a.csv"}, "accepted are addresses that end with the name of a file"),
    ],
)  # fmt: skip
def test_a_script_refuses_in_one_sentence(clone, script, given, sentence):
    done = run(clone, script, **given)
    assert (1, 1) == (done.returncode, done.stderr.count("\n"))
    assert sentence in done.stderr
