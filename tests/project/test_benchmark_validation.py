"""The benchmark of validation finds what it put in: a small run, whose times nobody looks at."""

import subprocess
import sys
from pathlib import Path

import pytest

VALIDATION = Path(__file__).resolve().parents[2] / "benchmarks" / "validation"
if not VALIDATION.is_dir():
    pytest.skip("the benchmarks are not beside the tests", allow_module_level=True)


@pytest.fixture(scope="module")
def modules():
    """The modules of the benchmark, which import each other by name."""
    sys.path.insert(0, str(VALIDATION))
    try:
        import contenders
        import measuring
    finally:
        sys.path.remove(str(VALIDATION))
    return contenders, measuring


def generated(folder, projects, *options):
    subprocess.run([sys.executable, str(VALIDATION / "generate.py"), str(folder), "--projects", str(projects), *options],
                   check=True)  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return generated(tmp_path_factory.mktemp("faulty"), 3000)


NAMES = ["esfdata", "polars", "duckdb", "dataframely", "pandera-polars", "pandera-pandas", "pointblank",
         "frictionless", "great-expectations"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_fault_is_found_and_nothing_else(name, modules, package, tmp_path):
    contenders, measuring = modules
    one = contenders.own(["polars"], catalogue=False)[0] if name == "esfdata" else contenders.peer(name)
    if one is None:
        pytest.skip(f"{name} is not installed: benchmarks/validation/install.sh does it")
    assert isinstance(measuring.measured(one.on(package, tmp_path / "found")), measuring.Run)
    truth = measuring.found(package / "truth.csv")
    assert sorted(truth) == sorted(measuring.found(tmp_path / "found"))
    assert (1.0, 1.0) == measuring.compared(tmp_path / "found", package)


def test_every_peer_is_tested(modules):
    contenders, _ = modules
    assert ["esfdata", *contenders.PEERS] == NAMES


def test_every_rule_has_faults(modules, package):
    _, measuring = modules
    rules = {(table, rule) for table, rule, _, _ in measuring.found(package / "truth.csv")}
    assert 17 == len(rules)


@pytest.mark.parametrize("options", [[], ["--checks", str(VALIDATION / "rules")]])
def test_clean_rows_are_clean(tmp_path, options):
    clean = generated(tmp_path / "clean", 1000, "--clean")
    command = [sys.executable, "-P", "-m", "esfdata", "validate", str(clean), *options, "--format", "json"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert '"findings": []' in run.stdout


def test_the_same_bytes_on_every_run_and_in_parquet_the_same_rows(package, tmp_path):
    import polars as pl

    again = generated(tmp_path / "again", 3000, "--parquet")
    for path in sorted(package.rglob("*.csv")):
        assert path.read_bytes() == (again / path.relative_to(package)).read_bytes()
    for path in sorted((again / "parquet" / "data").iterdir()):
        text = pl.read_csv(again / "data" / f"{path.stem}.csv", infer_schema=False)
        assert text.equals(pl.read_parquet(path))


def test_the_table_is_printed(tmp_path):
    command = [sys.executable, str(VALIDATION / "run.py"), "--sizes", "10", "--peers", "polars", "--runs", "1",
               "--folder", str(tmp_path)]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ["esfdata", "Polars"] == [line.split()[1] for line in run.stdout.splitlines()[-2:]]
