"""The documentation runs, and its picture is what the program prints."""

import html
import re
import subprocess
import sys
from pathlib import Path

import esfdata


def test_the_python_example_runs(root: Path, tmp_path: Path, monkeypatch):
    (code,) = re.findall(r"```python\n(.*?)```", (root / "README.md").read_text(), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").symlink_to(root / "datapackage" / "documents")
    exec(compile(code, "README.md", "exec"), {})
    assert (tmp_path / "dist" / "SHA256SUMS").is_file()


def test_the_picture_is_what_build_prints(root: Path, tmp_path: Path):
    command = [sys.executable, "-P", "-m", "esfdata", "build", str(root / "datapackage" / "documents"), "--to", "dist"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    printed = {" ".join(line.split()) for line in (done.stdout + done.stderr).splitlines()}
    picture = (root / ".github" / "output.svg").read_text()
    drawn = re.findall(r"<text[^>]*>(.*?)</text>", picture)
    shown = {" ".join(html.unescape(re.sub(r"<[^>]*>", "", line)).split()) for line in drawn} - {
        "$ make build",
        "…",
        "",
    }
    assert set() == {line for line in shown if not any(line in whole for whole in printed)}


def test_the_list_of_checks_is_written_from_the_code(root: Path):
    from esfdata.reports.explanation import listing_markdown

    assert listing_markdown(root / "checks").rstrip() == (root / "checks" / "README.md").read_text().rstrip()


def test_every_public_name_is_documented():
    assert [] == [name for name in esfdata.__all__ if not (getattr(esfdata, name).__doc__ or "").strip()]
    assert 12 >= len(esfdata.__all__)
