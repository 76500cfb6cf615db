"""The tables and checks as SQL, run in DuckDB and in PostgreSQL."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

import esfdata
from esfdata.checking.check import load_checks
from esfdata.compile import sql_statements
from esfdata.paths import share
from esfdata.release.writing import release
from esfdata.reports.data_dictionary import describe
from esfdata.tables.descriptor import shipped_descriptor

duckdb = pytest.importorskip("duckdb", reason="DuckDB is an extra: pip install 'esfdata[duckdb]'")

RESOURCES = {resource["name"]: resource for resource in shipped_descriptor()["resources"]}
CHECKS = {check.name: check for check in load_checks(share("checks"))}
TEXT = describe(form="sql")
QUERIES = {check.name: query for check, query in sql_statements.queries(list(CHECKS.values()))}
TABLES = re.findall(r'CREATE TABLE "(\w+)"', TEXT)
FILES = {
    "projects": """project_code,name,programme_period,fund,priority_axis,specific_objective,start_date,end_date,authority,application_type
S20001,Porukalla,2014-2020,ESR,5,10.1,2018-07-01,2018-06-30,Etelä-Savon keskus,single
S20002,Meijän,2021-2027,EAKR,1,,2018-07-01,2030-01-01,,transfer
S2003456,a.b@example.org,2014-2020,ESR,1,99.9,,,,joint
A70001,,2014-2020,ESR,5,,2013-01-01,2018-06-30,,
""",
    "organisations": """organisation_id,business_id,name,postal_code,city
0165116-3,0165116-3,Mikkelin kaupunki,50100,Mikkeli
0165116-4,0165116-4,Mikkelin kaupunki,00000,Mikkeli
name:mikkelin kaupunki,,Mikkelin kaupunki,,
name:b,0000000-0,B,,
""",
    "participations": """project_code,organisation_id,role
S20001,0165116-3,beneficiary
S20001,0165116-4,transfer_recipient
S20002,0165116-3,beneficiary
""",
    "finance": """project_code,granted_eu_state_eur,realised_eu_state_eur,planned_public_eur,realised_public_eur
S20001,100.00,500000.00,90.00,80.00
S20002,100.00,-1.00,,200000.00
A70001,1.00,1.00,1.00,1.00
""",
    "indicators": """project_code,indicator,measure,value
S20001,natural_resources,direct,99
S20001,participating_persons,planned,0
S20001,participating_persons,realised,5
S20002,equality,direct,1
""",
    "documents": """document_id,path,kind,project_code,damaged
one,one.txt,description,S20001,false
two,two.txt,card,S20002,true
""",
    "statements": """document_id,table,key,field,value,original,line,repair
one,organisations,0165116-3,city,Mikkeli,Mikkeli,1,
two,organisations,0165116-3,city,Oulu,Oulu,2,
two,organisations,0165116-3,name,MIKKELIN KAUPUNKI,x,3,
one,organisations,0165116-3,name,Mikkelin kaupunki,x,4,
one,projects,S20001,project_code,S20001,$20001,5,the dollar sign is an S
one,documents,one,unknown_label,Uusi,Uusi,6,
one,documents,one,missing_label,Nimi,,7,
two,documents,two,missing_section,7 Osallistujat,,8,
""",
    "figures": """project_code,document_id,group,item,value,unit,section,line
S20001,one,costs,staff,60.00,eur,5,10
S20001,one,costs,other,30.00,eur,5,11
S20001,one,costs,total,100000.00,eur,5,12
S20001,one,costs,staff_pct,10.00,pct,5,13
""",
    "locations": """project_code,level,name,section,code
S20001,region,Etelä-Savo,6,10
S20001,subregion,Mikkeli,6,101
S20001,municipality,Mikkeli,6,491
S20001,municipality,Oulu,6,564
S20001,municipality,Pertunmaa,3,588
S20001,municipality,Kuopio,9,297
A70001,municipality,Atlantis,6,
""",
}


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A package with many faults that constraints let pass."""
    folder = tmp_path_factory.mktemp("tables")
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return esfdata.read(folder)


@pytest.fixture(scope="module")
def expected(package):
    """For each check, how many rows are marked."""
    findings = esfdata.validate(package)
    assert [] == [f.message for f in findings if f.check not in CHECKS and f.table in FILES]
    return {outcome.check: outcome.marked for outcome in findings.checks if outcome.check in QUERIES}


@pytest.fixture(scope="module")
def loaded(package):
    """A DuckDB database made by the printed text, with the rows of the package."""
    connection = duckdb.connect()
    connection.execute(TEXT)
    for table in TABLES:
        if table in package:
            frame = package.lazy(table).collect()
            connection.register("incoming", frame.to_arrow())
            connection.execute(f'INSERT INTO "{table}" SELECT * FROM incoming')
            connection.unregister("incoming")
    return connection


def test_the_text_has_every_table_and_every_check():
    assert set(RESOURCES) == set(TABLES)
    assert set(CHECKS) == set(re.findall(r"^-- ([a-z0-9-]+) \((?:error|warning|info)\):", TEXT, re.MULTILINE))


def test_the_text_is_the_same_on_every_run():
    assert TEXT == describe(form="sql")


def test_many_checks_mark_something(expected):
    assert 20 < sum(marked > 0 for marked in expected.values())


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_marks_the_same_rows_in_duckdb(loaded, expected, name):
    rows = loaded.execute(QUERIES[name]).fetchall()
    assert expected[name] == len(set(rows))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("projects", {"project_code": None}),
        ("projects", {"project_code": "S20001"}),
        ("projects", {"project_code": "S29999\n"}),
        ("projects", {"project_code": "S29999", "fund": "XXX"}),
        ("organisations", {"organisation_id": "name:c", "business_id": "0165116-3"}),
        ("participations", {"project_code": "S29999", "organisation_id": "name:b", "role": "beneficiary"}),
        ("statements", {"document_id": "one", "table": "a", "key": "b", "field": "c", "line": -1}),
    ],
)
def test_a_row_that_breaks_a_constraint_is_refused(loaded, table, row):
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    with pytest.raises(duckdb.ConstraintException):
        loaded.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))


def test_one_table_has_its_references_in_a_comment():
    text = describe("finance", "sql")
    assert '-- Not enforced here: FOREIGN KEY ("project_code") REFERENCES "projects" ("project_code")' in text
    duckdb.connect().execute(text[: text.index("-- realised-over-granted")])


def test_without_the_extra_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(esfdata.EsfdataError, match=r"pip install 'esfdata\[duckdb\]'"):
        describe("projects", "sql")


@pytest.fixture(scope="module")
def psql(package, tmp_path_factory):
    """A function that runs SQL in a PostgreSQL server of its own, loaded from the files of a release."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not binaries or not shutil.which("psql"):
        pytest.skip("PostgreSQL is not installed: apt install postgresql")
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if user:
        shutil.chown(folder, user)

    def server(program: str, *arguments: str) -> None:
        subprocess.run([binaries[-1] / program, "-D", folder / "data", *arguments], user=user, cwd=folder,
                       check=True, stdout=subprocess.DEVNULL)  # fmt: skip

    def run(text: str) -> str:
        command = ["psql", "-h", folder, "-U", "esfdata", "-d", "postgres", "-XqAt", "-v", "ON_ERROR_STOP=1"]
        done = subprocess.run(command, input=text, text=True, capture_output=True)
        assert ("", 0) == (done.stderr, done.returncode)
        return done.stdout

    server("initdb", "-U", "esfdata", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    server("pg_ctl", "-o", f"-k {folder} -c listen_addresses=''", "-l", str(folder / "log"), "-w", "start")
    try:
        run("\\o /dev/null\n" + TEXT.replace(sql_statements.PREFIX, ""))
        released = release(package, tmp_path_factory.mktemp("release"), formats=()) / "datapackage"
        resources = json.loads((released / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        paths = {resource["name"]: resource["path"] for resource in resources}
        for table in TABLES:
            if table in paths:
                content = (released / paths[table]).read_text(encoding="utf-8")
                run(f'COPY public."{table}" FROM STDIN CSV HEADER;\n{content}\\.\n')
        yield lambda query: run(sql_statements.POSTGRESQL.splitlines()[1] + "\n" + query)
    finally:
        server("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_marks_the_same_rows_in_postgresql(psql, expected, name):
    assert expected[name] == int(
        psql(f"SELECT count(*) FROM (SELECT DISTINCT * FROM ({QUERIES[name]}) AS rows) AS found;")
    )
