"""Every `run:` step of every workflow, in order, on this machine: `python tests/workflows.py [--skip STEP=REASON]…`.

Each job has a fresh clone of the tree as it lies here, with its own `origin`; files for GITHUB_OUTPUT, GITHUB_ENV and
GITHUB_STEP_SUMMARY are real. A matrix has its first value. Stand-ins on this machine: artifacts (folders), `gh` and the
releases it makes (a folder and a server, so a second release finds the first), the expressions (`expressions.py`). Nothing here proves what the service
alone does: its runners, signing and the attestation, Pages, permissions and environments, and that pull requests made
by a workflow start no workflow.
"""

import argparse
import functools
import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import standins
import yaml
from expressions import filled, holds

ROOT = Path(__file__).resolve().parent.parent
REPOSITORY = "owner/esfdata"
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
CHANGED = "S20731-hankekortti.txt"
"""The document that a second refresh finds changed at its source."""


def main() -> int:
    """Run all workflows, and tell of each step what it came to."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--skip", action="append", default=[], metavar="STEP=REASON", help="do not run this command")
    options.add_argument("--only", metavar="WORKFLOW", help="run this workflow alone")
    chosen = options.parse_args()
    skipped = dict(text.partition("=")[::2] for text in chosen.skip)
    with tempfile.TemporaryDirectory(prefix="workflows-") as scratch:
        runner = Runner(Path(scratch), skipped)
        version = json.loads((ROOT / "datapackage/datapackage.json").read_text(encoding="utf-8"))["version"]
        events: list[tuple[str, str, str, dict[str, str]]] = [
            ("release", "push", version, {}),
            ("ci", "pull_request", "1/merge", {}),
            ("refresh", "schedule", "main", {}),
            ("refresh", "schedule", "main", {"SOURCES": f"{runner.server}/sources/{CHANGED}"}),
            ("release", "push", version, {"CKAN_OWNER": "owner"}),
        ]
        for name, event, ref, variables in events:
            if chosen.only in (None, name):
                runner.workflow(name, event, ref, variables)
        print(
            f"\n{runner.ran} steps ran, {runner.stood_in} stood in, {runner.left} were left out, {runner.failed} failed."
        )
        print("Only the hosted service proves: its runners, the attestation, Pages, permissions and environments.")
    return 1 if runner.failed or not runner.ran else 0


class Runner:
    """The workflows of a tree, run one after the other."""

    def __init__(self, scratch: Path, skipped: dict[str, str]) -> None:
        self.scratch, self.skipped = scratch, skipped
        self.ran = self.stood_in = self.left = self.failed = 0
        self.tree = standins.tree(ROOT, scratch)
        self.served = scratch / "served"
        (self.served / "sources").mkdir(parents=True)
        source = (ROOT / "datapackage/documents" / CHANGED).read_text(encoding="utf-8")
        (self.served / "sources" / CHANGED).write_text(re.sub(r"(\d)(\s*€)", r"7\2", source, count=1), encoding="utf-8")
        handler = functools.partial(Quiet, directory=self.served)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.server = f"http://127.0.0.1:{server.server_port}"
        standins.gh(scratch / "bin", self.served / REPOSITORY / "releases")

    def workflow(self, name: str, event: str, ref: str, variables: dict[str, str]) -> None:
        """All jobs of one workflow, in the order of their needs."""
        text = (ROOT / ".github/workflows" / f"{name}.yml").read_text(encoding="utf-8")
        for pin in re.findall(r"uses: *(.+)", text):
            assert PINNED.fullmatch(pin), f"{name}.yml: {pin} is not pinned by a full SHA with its version"
        github = {
            "event_name": event, "ref": f"refs/heads/{ref}", "ref_name": ref, "repository": REPOSITORY,
            "repository_owner": "owner", "server_url": self.server, "token": "none",
            "event": {"repository": {"name": "esfdata", "default_branch": "main"}},
        }  # fmt: skip
        artifacts = Path(tempfile.mkdtemp(dir=self.scratch, prefix="artifacts-"))
        needs: dict[str, Any] = {}
        for key, job in yaml.safe_load(text)["jobs"].items():
            print(f"\n{name} ({event}) / {job['name']}")
            wanted = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            broken = any(needs[other]["result"] != "success" for other in wanted)
            contexts = {"github": github, "vars": variables, "needs": needs, "failed": broken, "steps": {}}
            contexts["matrix"] = {k: v[0] for k, v in job.get("strategy", {}).get("matrix", {}).items()}
            if not holds(job.get("if"), contexts):
                print("  not run: its condition does not hold")
                needs[key] = {"result": "skipped", "outputs": {}}
                continue
            failed = self._job(job, contexts, artifacts)
            outputs = {k: filled(v, contexts) for k, v in job.get("outputs", {}).items()}
            needs[key] = {"result": "failure" if failed else "success", "outputs": outputs}

    def _job(self, job: dict[str, Any], contexts: dict[str, Any], artifacts: Path) -> bool:
        place = Path(tempfile.mkdtemp(dir=self.scratch, prefix="job-"))
        work, files = place / "work", place / "files"
        work.mkdir()
        files.mkdir()
        given: dict[str, str] = {}
        for number, step in enumerate(job["steps"]):
            title = step.get("name") or step.get("uses", "").partition("@")[0] or step.get("run", "")
            if not holds(step.get("if"), contexts):
                self._tell("left out", title, "its condition does not hold")
                self.left += 1
            elif "uses" in step:
                contexts["failed"] |= not self._stand_in(step, title, contexts, work, artifacts)
            elif step["run"] in self.skipped:
                self._tell("left out", title, self.skipped[step["run"]])
                self.left += 1
            else:
                assert "${{" not in step["run"], f"an expression inside run: {step['run']}"
                contexts["failed"] |= not self._run(step, number, title, contexts, work, files, given)
        summary = sum(len(path.read_bytes()) for path in files.glob("GITHUB_STEP_SUMMARY-*"))
        if summary:
            print(f"  the job summary has {summary} bytes")
        return bool(contexts["failed"])

    def _stand_in(
        self, step: dict[str, Any], title: str, contexts: dict[str, Any], work: Path, artifacts: Path
    ) -> bool:
        """What stands in for an action; True where its files are as they must be."""
        means = {k: filled(v, contexts) for k, v in step.get("with", {}).items()}
        try:
            told = standins.USES[step["uses"].partition("@")[0]](self.tree, work, artifacts, means)
        except (AssertionError, OSError, subprocess.CalledProcessError) as fault:
            self._tell("FAILED", title, str(fault))
            self.failed += 1
            return False
        self._tell("stood in", title, told)
        self.stood_in += 1
        return True

    def _run(
        self, step: dict[str, Any], number: int, title: str, contexts: dict[str, Any], work: Path, files: Path,
        given: dict[str, str],
    ) -> bool:  # fmt: skip
        """One command with the service's shell and variables; True where its status is 0."""
        github = contexts["github"]
        own = {name: files / f"{name}-{number}" for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY")}
        for path in own.values():
            path.touch()
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "PYTHONPATH", "SOURCE_DATE_EPOCH"))},
            "PATH": f"{self.scratch / 'bin'}:{os.environ['PATH']}", "CI": "true", "GITHUB_ACTIONS": "true",
            "RUNNER_TEMP": str(files), "XDG_CACHE_HOME": str(files / "cache"),
            **{f"GITHUB_{k.upper()}": v for k, v in github.items() if isinstance(v, str)},
            **{k: str(v) for k, v in own.items()}, **given,
            **{k: filled(v, contexts) for k, v in step.get("env", {}).items()},
        }  # fmt: skip
        began = time.monotonic()
        log = files / f"log-{number}"
        with log.open("wb") as output:
            command = ["bash", "-e", "-c", step["run"]]
            status = subprocess.run(
                command, cwd=work, env=environment, stdout=output, stderr=subprocess.STDOUT
            ).returncode
        given.update(_pairs(own["GITHUB_ENV"]))
        contexts["steps"][step.get("id", number)] = {"outputs": _pairs(own["GITHUB_OUTPUT"])}
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        self._tell("ran" if status == 0 else f"FAILED ({status})", title, f"{time.monotonic() - began:.0f} s")
        for line in lines if status else lines[-2:]:
            print(f"      {line[:160]}")
        self.ran += 1
        self.failed += status != 0
        return status == 0

    def _tell(self, outcome: str, title: str, more: str) -> None:
        print(f"  {outcome:<9} {title}: {more}", flush=True)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that prints nothing."""

    def log_message(self, *_: Any) -> None:
        pass


def _pairs(path: Path) -> dict[str, str]:
    """The lines `name=value` of a file that a step wrote."""
    return dict(line.split("=", 1) for line in path.read_text(encoding="utf-8").splitlines() if "=" in line)


if __name__ == "__main__":
    sys.exit(main())
