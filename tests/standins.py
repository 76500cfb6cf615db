"""What stands in, on this machine, for the actions and the service that workflows use; each checks the files it is given."""

import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Means = dict[str, str]
GH = """
import shutil, sys
from pathlib import Path
releases, arguments = Path({releases!r}), sys.argv[1:]
if arguments[:2] == ["release", "create"]:
    options = {{arguments[n]: arguments[n + 1] for n in range(3, len(arguments)) if arguments[n] in VALUED}}
    rest = [a for a in arguments[3:] if not a.startswith("--") and a not in options.values()]
    assert Path(options["--notes-file"]).stat().st_size and rest, "a release has notes and assets"
    for folder in (releases / "download" / arguments[2], releases / "latest" / "download"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for path in rest:
            shutil.copy(path, folder)
    print("gh would make the release", arguments[2], "with", len(rest), "assets")
elif arguments[:2] == ["pr", "list"]:
    print(0)
elif arguments[0] == "pr":
    print("gh would open a pull request that says:")
    print(Path(arguments[arguments.index("--body-file") + 1]).read_text(encoding="utf-8").splitlines()[0])
elif arguments[:2] != ["auth", "setup-git"]:
    sys.exit(f"this runner does not know gh {{' '.join(arguments)}}")
"""


def tree(root: Path, scratch: Path) -> Path:
    """A repository of the tree as it lies there, committed or not, with an `origin`; the environment is the same."""
    copy = scratch / "tree"
    names = _git(root, "ls-files", "-co", "--exclude-standard", "-z").split("\0")
    for name in names:
        if name and (root / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, copy / name)
    _git(copy, "init", "--quiet", "--initial-branch", "main")
    _git(copy, "add", "--all")
    _git(copy, "-c", "user.name=runner", "-c", "user.email=runner@localhost", "commit", "--quiet", "-m", "The tree")
    _git(scratch, "clone", "--quiet", "--bare", str(copy), str(scratch / "origin.git"))
    _git(copy, "remote", "add", "origin", str(scratch / "origin.git"))
    for environment in (".venv", ".venv-clients"):
        if (root / environment).is_dir():
            (copy / environment).symlink_to(root / environment)
            with (copy / ".git/info/exclude").open("a") as ignored:
                ignored.write(f"/{environment}\n")
    return copy


def gh(folder: Path, releases: Path) -> None:
    """A `gh` on the path that makes releases in a folder, and tells what else it would do."""
    folder.mkdir(parents=True)
    program = folder / "gh"
    text = GH.format(releases=str(releases)).replace("VALUED", "('--repo', '--title', '--notes-file')")
    program.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def checkout(tree: Path, work: Path, artifacts: Path, means: Means) -> str:
    """A fresh copy of the tree, its files as old as they are there."""
    assert means.get("persist-credentials", "").lower() == "false", "a checkout keeps no credentials"
    shutil.copytree(tree, work, symlinks=True, dirs_exist_ok=True)
    _git(work, "status")  # git looks at the files anew, for they are copies
    return "a fresh copy of this tree"


def python(tree: Path, work: Path, artifacts: Path, means: Means) -> str:
    """The Python that is here."""
    return (
        f"the Python of this environment ({sys.version_info[0]}.{sys.version_info[1]}), not {means['python-version']}"
    )


def upload(tree: Path, work: Path, artifacts: Path, means: Means) -> str:
    """The files of an artifact, below the folder that all its paths share."""
    paths = [work / line.strip() for line in means["path"].splitlines() if line.strip()]
    if means.get("if-no-files-found") == "ignore" and not any(path.exists() for path in paths):
        return "no files of that name"
    assert all(path.exists() for path in paths), f"an artifact of files that are not there: {means['path']}"
    top = paths[0] if len(paths) == 1 and paths[0].is_dir() else paths[0].parent
    for path in paths:
        target = artifacts / means["name"] / path.relative_to(top)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, target, dirs_exist_ok=True)
        else:
            shutil.copy(path, target)
    return f"{sum(path.is_file() for path in (artifacts / means['name']).rglob('*'))} files kept"


def download(tree: Path, work: Path, artifacts: Path, means: Means) -> str:
    """The files of an artifact of an earlier job."""
    shutil.copytree(artifacts / means["name"], work / means["path"], dirs_exist_ok=True)
    return f"into {means['path']}"


def pages(tree: Path, work: Path, artifacts: Path, means: Means) -> str:
    """The folder that becomes the site."""
    assert (work / means["path"] / "index.html").is_file(), "pages begin at index.html"
    return upload(tree, work, artifacts, {"name": "github-pages", **means})


def attest(tree: Path, work: Path, artifacts: Path, means: Means) -> str:
    """The checksums hold of the files they name; nothing is signed."""
    lines = (work / means["subject-checksums"]).read_text(encoding="utf-8").splitlines()
    assets = work / Path(means["subject-checksums"]).parent / "assets"
    subprocess.run(
        ["sha256sum", "--check", "--quiet", f"../{Path(means['subject-checksums']).name}"], cwd=assets, check=True
    )
    return f"{len(lines)} checksums hold; nothing is signed"


def deploy(tree: Path, work: Path, artifacts: Path, means: Means) -> str:
    """The pages are there to be deployed."""
    assert (artifacts / "github-pages").is_dir(), "nothing was uploaded for Pages"
    return "the pages are there; nothing is deployed"


USES: dict[str, Callable[[Path, Path, Path, Means], str]] = {
    "actions/checkout": checkout, "actions/setup-python": python, "actions/upload-artifact": upload,
    "actions/download-artifact": download, "actions/upload-pages-artifact": pages,
    "actions/attest-build-provenance": attest, "actions/deploy-pages": deploy,
}  # fmt: skip


def _git(place: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=place, check=True, capture_output=True, text=True).stdout
