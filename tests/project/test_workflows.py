"""The workflows: least permissions, pinned actions, thin steps; and the runner that runs their steps here."""

import os
import re
import shutil
import subprocess

import pytest
import standins
import yaml
from expressions import filled, holds

NAMES = ("ci", "refresh", "release")
PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
CONTEXTS = {
    "failed": False,
    "github": {"event_name": "push", "owner": "me"},
    "vars": {},
    "steps": {"a": {"outputs": {"changed": "true"}}},
}


@pytest.fixture(params=NAMES)
def text(request, root) -> str:
    return (root / ".github/workflows" / f"{request.param}.yml").read_text(encoding="utf-8")


def test_there_are_no_other_workflows(root):
    assert [f"{name}.yml" for name in NAMES] == sorted(path.name for path in (root / ".github/workflows").iterdir())


def test_every_action_is_pinned_by_its_full_sha_and_known_to_the_runner(text):
    uses = re.findall(r"uses: .+", text)
    assert [] == [line for line in uses if not PINNED.fullmatch(line)]
    assert {re.match(r"uses: (.+?)@", line)[1] for line in uses} <= standins.USES.keys()


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


def test_a_step_is_one_command_without_an_expression(text):
    for job in yaml.safe_load(text)["jobs"].values():
        for step in job["steps"]:
            assert not re.search(r"\$\{\{|\n|;|&&|\|", step.get("run", ""))
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("${{ github.owner }}/${{ github.none }}x", "me/x"),
        ("${{ vars.URL || format('https://{0}.io/{1}/', github.owner, 'a''b') }}", "https://me.io/a'b/"),
        ("${{ steps.a.outputs.changed == 'true' && 'yes' || 'no' }}", "yes"),
    ],
)
def test_expressions_are_put_in(expression, expected):
    assert expected == filled(expression, CONTEXTS)


@pytest.mark.parametrize(
    ("condition", "failed", "expected"),
    [
        (None, False, True),
        (None, True, False),
        ("github.event_name == 'push'", True, False),
        ("github.event_name != 'push'", False, False),
        ("(success() || failure()) && github.event_name == 'push'", True, True),
        ("!failure()", True, False),
        ("always()", True, True),
    ],
)
def test_a_step_runs_where_its_condition_holds(condition, failed, expected):
    assert expected is holds(condition, {**CONTEXTS, "failed": failed})


@pytest.mark.parametrize("expression", ["github.owner ==", "a + b", "unknown('x')"])
def test_an_expression_that_the_runner_does_not_know_is_no_silent_pass(expression):
    with pytest.raises((ValueError, KeyError, IndexError)):
        holds(expression, CONTEXTS)


@pytest.fixture
def place(root, tmp_path):
    """A folder with the scripts of the workflows and a descriptor."""
    (tmp_path / "datapackage").mkdir()
    shutil.copytree(root / ".ci", tmp_path / ".ci")
    shutil.copy(root / "datapackage" / "datapackage.json", tmp_path / "datapackage")
    return tmp_path


@pytest.mark.parametrize(
    ("script", "given", "said"),
    [
        ("release", {"GITHUB_REF_NAME": "1999.1.0"}, "The tag is 1999.1.0 and datapackage/datapackage.json has the version"),
        ("refresh", {"SOURCES": "http://127.0.0.1:9/?file=a.csv"}, "accepted are addresses that end with the name of a file"),
    ],
)  # fmt: skip
def test_a_script_refuses_in_one_sentence(place, script, given, said):
    done = subprocess.run([place / ".ci" / script], env={**os.environ, **given}, capture_output=True, text=True)
    assert (1, 1) == (done.returncode, done.stderr.count("\n"))
    assert said in done.stderr


def test_an_artifact_of_files_that_are_not_there_fails(tmp_path):
    with pytest.raises(AssertionError, match="not there"):
        standins.upload(tmp_path, tmp_path, tmp_path / "kept", {"name": "a", "path": "none.md"})
