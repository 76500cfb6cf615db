"""What people open a release with: each client as a small program that prints what it reads of one known release.

Run as a script, this prints the table `.github/CLIENTS.md` (`.ci/clients --write`).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = ROOT / ".venv-clients"
NODE = CLIENTS / "node"

TOLD = """
import json
def told(rows, amounts, code, date):
    name = lambda value: type(value).__name__
    print(json.dumps({"rows": rows, "sum": f"{float(sum(amounts)):.2f}" if name(amounts[0]) != "str" else "text",
        "amount": name(amounts[0]), "code": str(code), "date": name(date)}))
"""

FRAME = """
told(len(finance), list(finance["realised_public_eur"]), list(locations["code"])[0], list(projects["start_date"])[0])
"""

ROWS = """
told(len(finance), [r["realised_public_eur"] for r in finance], locations[0]["code"], projects[0]["start_date"])
"""

JAVASCRIPT = """
const told = (finance, locations, projects) => {
  const amounts = finance.map(r => r.realised_public_eur), kind = v => v && v.constructor ? v.constructor.name : typeof v
  const sum = kind(amounts[0]) === "String" ? "text" : amounts.reduce((a, b) => a + b, 0).toFixed(2)
  console.log(JSON.stringify({rows: finance.length, sum, amount: kind(amounts[0]), code: String(locations[0].code),
    date: kind(projects[0].start_date)}))
}
"""

TABLES = "finance, locations, projects = (READ for t in ('finance', 'locations', 'projects'))"


def frames(imports: str, read: str) -> str:
    """A program in which `read` gives the frame of the table `t`."""
    return f"{imports}\n{TABLES.replace('READ', read)}\n{FRAME}"


def rows(imports: str, read: str) -> str:
    """A program in which `read` gives the rows of the table `t`, as dictionaries."""
    return f"{imports}\n{TABLES.replace('READ', read)}\n{ROWS}"


SQLITE = "esfdata-2026.11.0.sqlite"
SHEETS = '"Text - txt - csv (StarCalc)":44,34,76,1,,0,false,true,false,false,false,-1'.replace('"', "")
OF_CSV = (
    "import csv, glob\ndef read(t): return list(csv.DictReader(open(glob.glob(f'out/*{t}.csv')[0], encoding='utf-8')))"
)
COMMAND = (
    "import subprocess, json\ndef out(*a): return json.loads(subprocess.run(a, check=True, capture_output=True).stdout)"
)
OFFICE = (
    "import os, subprocess\n"
    "subprocess.run(['soffice', '-env:UserInstallation=file://' + os.getcwd() + '/profile', '--headless', '--convert-to', "
    f"'csv:{SHEETS}', '--outdir', 'out', *FILES], check=True, capture_output=True)\n{OF_CSV}"
)


@dataclass(frozen=True)
class Client:
    """A client: where it is, and by format the program that reads the release in the current folder with it."""

    name: str
    needs: str
    reads: dict[str, str]
    note: str = ""

    @property
    def absent(self) -> str:
        """Why this client cannot be run here; empty where it can."""
        kind, _, what = self.needs.partition(":")
        found = {
            "python": lambda: find_spec(what) is not None,
            "clients": lambda: (CLIENTS / "bin" / what).exists(),
            "node": lambda: shutil.which("node") and (NODE / "node_modules" / what).is_dir(),
            "system": lambda: shutil.which(what),
        }[kind]()
        return "" if found else f"{self.name} is not installed here: run .ci/clients"

    def run(self, form: str, release: Path) -> dict[str, object]:
        """What the client reads of a release in a format."""
        program, kind = self.reads[form], self.needs.partition(":")[0]
        if kind == "node":
            command = ["node", "-e", JAVASCRIPT + program]
        else:
            python = str(CLIENTS / "bin" / "python") if kind == "clients" else sys.executable
            command = [python, "-P", "-W", "ignore", "-c", TOLD + program]
        path = os.pathsep.join([str(CLIENTS / "bin"), os.environ["PATH"]])
        world = {**os.environ, "PATH": path, "NODE_PATH": str(NODE / "node_modules")}
        world.pop("PYTHONPATH", None)
        with tempfile.TemporaryDirectory() as scratch:
            shutil.copytree(release, scratch, dirs_exist_ok=True)
            done = subprocess.run(command, cwd=scratch, env=world, capture_output=True, text=True)
        assert 0 == done.returncode, f"{self.name}, {form}: {done.stderr[-2000:]}"
        result: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
        return result


DATA = "f'datapackage/data/{t}.FORM'"
CSV, PARQUET = DATA.replace("FORM", "csv"), DATA.replace("FORM", "parquet")
DATABASE = "import sqlite3\nd = sqlite3.connect('" + SQLITE + "'); d.row_factory = sqlite3.Row"
AS_DECIMAL = "d.execute('SELECT * FROM ' + (t + '_decimal' if t == 'finance' else t)).fetchall()"

EVERY = (
    Client("frictionless (Python)", "python:frictionless", {
        "package": rows("from frictionless import Package\np = Package('datapackage/datapackage.json')\n"
                        "r = p.validate(); assert r.valid, r.flatten()",
                        "[r.to_dict() for r in p.get_resource(t).read_rows()]"),
        "zip": rows("from frictionless import Package\np = Package('esfdata-2026.11.0.zip')",
                    "[r.to_dict() for r in p.get_resource(t).read_rows()]"),
        "Parquet": rows("from frictionless import Package\np = Package('datapackage/datapackage.json')",
                        "[r.to_dict() for r in p.get_resource(t + '-parquet').read_rows()]"),
    }, "validates the package, Parquet too"),
    Client("datapackage 1.15 (Python)", "clients:datapackage", {
        "package": rows("from datapackage import Package\np = Package('datapackage/datapackage.json'); assert p.valid",
                        "p.get_resource(t).read(keyed=True)"),
    }, "no longer maintained"),
    Client("datapackage (npm)", "node:datapackage", {
        "package": """
const {Package} = require("datapackage")
Package.load("datapackage/datapackage.json").then(async p => {
  const read = t => p.getResource(t).read({keyed: true})
  told(await read("finance"), await read("locations"), await read("projects"))
})""",
    }, "amounts are floats"),
    Client("frictionless.js (npm)", "node:frictionless.js", {
        "package": """
const data = require("frictionless.js"), path = require("path")
data.Dataset.load("datapackage/datapackage.json").then(async d => {
  const read = async t => {
    const f = d.resources.find(r => r.descriptor.name === t), out = []
    for await (const row of await f.rows({keyed: true})) out.push(row)
    return out
  }
  told(await read("finance"), await read("locations"), await read("projects"))
})""",
    }, "does not look at the schema: all is text"),
    Client("pandas", "python:pandas", {
        "CSV": frames("import pandas", f"pandas.read_csv({CSV})"),
        "Parquet": frames("import pandas", f"pandas.read_parquet({PARQUET})"),
    }, "CSV: pass `dtype=str` for codes"),
    Client("Polars", "python:polars", {
        "CSV": frames("import polars", f"polars.read_csv({CSV}, try_parse_dates=True)"),
        "Parquet": frames("import polars", f"polars.read_parquet({PARQUET})"),
    }, "CSV: pass `schema_overrides` for codes"),
    Client("pyarrow", "python:pyarrow", {
        "CSV": rows("import pyarrow.csv as c", f"c.read_csv({CSV}).to_pylist()"),
        "Parquet": rows("import pyarrow.parquet as q", f"q.read_table({PARQUET}).to_pylist()"),
    }, "CSV: pass `column_types` for codes"),
    Client("DuckDB", "python:duckdb", {
        "CSV": rows("import duckdb", f"duckdb.read_csv({CSV}).to_arrow_table().to_pylist()"),
        "Parquet": rows("import duckdb", f"duckdb.read_parquet({PARQUET}).to_arrow_table().to_pylist()"),
        "DuckDB": rows("import duckdb\nd = duckdb.connect('esfdata-2026.11.0.duckdb', read_only=True)",
                         "d.table(t).to_arrow_table().to_pylist()"),
    }),
    Client("sqlite3 (Python)", "python:sqlite3", {"SQLite": rows(DATABASE, AS_DECIMAL)},
           "for sums take the `_cents`"),
    Client("sqlite-utils", "clients:sqlite-utils", {
        "SQLite": rows(COMMAND, f"out('sqlite-utils', 'rows', '{SQLITE}', t + '_decimal' if t == 'finance' else t)"),
    }),
    Client("datasette", "clients:datasette", {
        "SQLite": rows(COMMAND, f"out('datasette', '{SQLITE}', '--get', f'/esfdata-2026~2E11~2E0/{{t}}.json?_shape=array'"
                                ".replace('finance.', 'finance_decimal.'))"),
    }),
    Client("csvkit", "clients:csvjson", {"CSV": rows(COMMAND, f"out('csvjson', {CSV})")},
           "pass `-I` for codes"),
    Client("LibreOffice", "system:soffice", {
        "CSV": rows(OFFICE.replace("FILES", "[f'datapackage/data/{t}.csv' for t in ('finance', 'locations', 'projects')]"),
                    "read(t)"),
        "XLSX": rows(OFFICE.replace("FILES", "['esfdata-2026.11.0.xlsx']"), "read(t)"),
    }, "CSV: choose the type Text for codes, or open the XLSX"),
)  # fmt: skip

PROFILE = """
import json, pathlib, dplib, referencing, jsonschema
folder = pathlib.Path(dplib.__file__).parent / "profiles" / "2.0"
profile = json.loads((folder / "datapackage.json").read_text())
known = lambda uri: referencing.Resource.from_contents(json.loads((folder / uri.rsplit("/", 1)[-1]).read_text()))
validator = jsonschema.Draft7Validator(profile, registry=referencing.Registry(retrieve=known))
descriptor = json.load(open("datapackage/datapackage.json", encoding="utf-8"))
print(json.dumps([error.message[:200] for error in validator.iter_errors(descriptor)]))
"""
"""A program that prints what the official profile of version 2 finds wrong with the descriptor."""

FORMATS = ("package", "zip", "CSV", "Parquet", "SQLite", "DuckDB", "XLSX")


def made(folder: Path) -> Path:
    """The release that is opened: two amounts, a code with a zero, a day."""
    sys.path.insert(0, str(ROOT / "tests"))
    import samples

    from esfdata.release.writing import release

    place = {"project_code": "S22016", "level": "municipality", "name": "Kempele", "section": "6", "code": "097"}
    finance = {"project_code": "S22016", "realised_public_eur": "0.10"}
    return release(
        samples.package(
            projects=[samples.PROJECT, {**samples.PROJECT, "project_code": "S22017", "end_date": None}],
            finance=[finance, {"project_code": "S22017", "realised_public_eur": "0.20"}],
            locations=[place],
        ),
        folder,
    )


def cell(told: dict[str, object]) -> str:
    """One result in a few words."""
    code = "" if told["code"] == "097" else f", 097 becomes {told['code']}"
    return f"amounts {told['amount']}, days {told['date']}{code}"


def table(results: dict[str, dict[str, dict[str, object]]]) -> str:
    """The table of what each client reads, from what each told, by name and format."""
    lines = [
        "# Which client reads what",
        "",
        "Written by `.ci/clients --write`, checked by `.ci/clients`: every client opens the same release, and says how",
        "it read an amount, a day and a code that begins with zero. An empty cell was not tried. LibreOffice is seen",
        "through its own export, so its types are text.",
        "",
        f"| client | {' | '.join(FORMATS)} | note |",
        f"| --- |{' --- |' * len(FORMATS)} --- |",
    ]
    for client in EVERY:
        cells = [cell(results[client.name][form]) if form in client.reads else "" for form in FORMATS]
        lines.append(f"| {client.name} | {' | '.join(cells)} | {client.note} |")
    lines += [
        "",
        "Not run here: R (its frictionless package is in no Debian release; version 1 needs the `profile` that our CSV",
        "resources carry, and does not read Parquet), Excel and Power BI (they run on no machine of ours).",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    missing = [client.absent for client in EVERY if client.absent]
    if missing:
        sys.exit("\n".join(missing))
    with tempfile.TemporaryDirectory() as scratch:
        folder = made(Path(scratch, "release"))
        found = {client.name: {form: client.run(form, folder) for form in client.reads} for client in EVERY}
    print(table(found), end="")
