"""The action and the hooks for someone else's repository: what they run is run here."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import samples
import yaml

RIGHT = [samples.PROJECT]
WRONG = [{**samples.PROJECT, "end_date": "2019-01-01"}]


@pytest.fixture
def action(root) -> dict:
    """The action as its service reads it."""
    return yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))


@pytest.fixture
def place(tmp_path) -> Path:
    """A folder to run in, with the running Python as `python` on the path."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    (tmp_path / "bin" / "python").chmod(0o755)
    return tmp_path


def test_actions_are_pinned_and_no_input_is_pasted_into_a_script(action):
    for step in action["runs"]["steps"]:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", "a@" + "0" * 40))
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize(("rows", "fail_on", "status"), [(RIGHT, "error", 0), (WRONG, "error", 1), (WRONG, "never", 0)])
def test_the_action_annotates_sums_up_and_has_the_status_of_the_command(action, place, rows, fail_on, status):
    samples.csv(place / "my data", projects=rows)
    step = action["runs"]["steps"][-1]
    environment = {
        **os.environ, "PATH": f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}", "RUNNER_TEMP": str(place),
        "GITHUB_OUTPUT": str(place / "output"), "GITHUB_STEP_SUMMARY": str(place / "summary"),
        **{name: action["inputs"][re.search(r"inputs\.([\w-]+)", text)[1]]["default"] for name, text in step["env"].items()},
        "PACKAGE": "my data", "FAIL_ON": fail_on,
    }  # fmt: skip
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True)
    assert status == done.returncode, done.stderr
    assert (rows is WRONG) == ("::error title=ends-before-start,file=my data/projects.csv,line=2::" in done.stdout)
    assert (place / "summary").read_text().startswith("# Findings of esfdata")
    assert f"report={place}/esfdata.json\n" == (place / "output").read_text()
    assert (place / "esfdata.json").is_file()


@pytest.mark.parametrize(("number", "name"), [(0, "esfdata-validate"), (1, "esfdata-fix")])
def test_the_hooks_run_and_look_at_the_files_of_a_package(root, place, number, name):
    hook = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[number]
    assert name == hook["id"]
    looked_at = [path for path in ("data/projects.csv", "datapackage.json", "a.py") if re.search(hook["files"], path)]
    assert ["data/projects.csv", "datapackage.json"] == looked_at
    samples.csv(place / "data", projects=RIGHT)
    command = [sys.executable, "-P", "-m", *shlex.split(hook["entry"]), *hook["args"]]
    assert 0 == subprocess.run(command, cwd=place / "data").returncode
