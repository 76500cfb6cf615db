"""The workflows: least permissions, pinned actions, and steps that are one call of a command that is run elsewhere too."""

import re

import pytest
import yaml

NAMES = ("ci", "refresh", "release")
PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
COMMAND = re.compile(
    r"make \w+|\.ci/\w+|\.venv/bin/esfdata (validate|diff) .+|cat out/notes\.md >> \S+|gh release create .+"
)


@pytest.fixture(params=NAMES)
def text(request, root) -> str:
    return (root / ".github/workflows" / f"{request.param}.yml").read_text(encoding="utf-8")


def test_there_are_no_other_workflows(root):
    assert [f"{name}.yml" for name in NAMES] == sorted(path.name for path in (root / ".github/workflows").iterdir())


def test_every_action_is_pinned_by_its_full_sha(text):
    assert [] == [line for line in re.findall(r"uses: .+", text) if not PINNED.fullmatch(line)]


def test_permissions_are_given_by_job_and_only_written_where_nothing_is_built(text):
    workflow = yaml.safe_load(text)
    assert {} == workflow["permissions"]
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 60
        commands = [step["run"] for step in job["steps"] if "run" in step]
        if "write" in job["permissions"].values():
            assert [] == [command for command in commands if "make" in command or "esfdata" in command]
        else:
            assert {"contents": "read"} == job["permissions"]


def test_a_step_is_one_command_without_an_expression(text, root):
    for job in yaml.safe_load(text)["jobs"].values():
        for step in job["steps"]:
            assert not re.search(r"\$\{\{|\n|;|&&|\|", command := step.get("run", ""))
            assert not command or COMMAND.fullmatch(command)
            assert not command.startswith(".ci/") or (root / command).is_file()
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_the_gate_runs_every_script_of_the_workflows(root):
    """`.ci/run` calls each, or the suite does (test_ci_scripts.py)."""
    gate = "".join((root / path).read_text(encoding="utf-8") for path in (".ci/run", "Makefile"))
    suite = (root / "tests/project/test_ci_scripts.py").read_text(encoding="utf-8")
    for path in (root / ".ci").iterdir():
        assert path.name == "run" or f".ci/{path.name}" in gate or f'"{path.name}"' in suite, path.name
