"""The rules in DuckDB's SQL, each a query over the CSV files, which are read once.

Run as `python by_duckdb.py FOLDER OUTPUT`.
"""

import sys
from pathlib import Path

import duckdb

MONEY = ("granted_eu_state_eur", "realised_eu_state_eur", "planned_public_eur", "realised_public_eur",
         "planned_total_eur", "realised_total_eur", "realised_eu_eur")  # fmt: skip
DIGITS = "replace(business_id, '-', '')"
WEIGHTS = enumerate((7, 9, 10, 5, 8, 4, 2, 1), 1)
SUM = " + ".join(f"{weight} * substr({DIGITS}, {place}, 1)::INT" for place, weight in WEIGHTS)
PARTICIPATION = "project_code || '/' || organisation_id || '/' || role"

READ = """
CREATE TABLE {table} AS SELECT {columns}, row_number() OVER () + 1 AS line
FROM read_csv('{path}', all_varchar = true, header = true, delim = ',', quote = '"')
"""
DATES = ("start_date", "end_date")


def typed(names: tuple[str, ...], kind: str) -> str:
    """Typed columns in the place of text, and whether a cell could not be read."""
    unread = " OR ".join(f"(try_cast({name} AS {kind}) IS NULL AND {name} IS NOT NULL)" for name in names)
    return ", ".join(f"try_cast({name} AS {kind}) AS {name}" for name in names) + f", {unread} AS unread"


COLUMNS = {
    "projects": f"project_code, name, fund, application_type, {typed(DATES, 'DATE')}",
    "organisations": "organisation_id, business_id, postal_code",
    "participations": "project_code, organisation_id, role",
    "finance": f"project_code, {typed(MONEY, 'DECIMAL(14, 2)')}",
}
FINDINGS = f"""
SELECT 'projects', 'type', project_code, line FROM projects WHERE unread
UNION ALL SELECT 'projects', 'required', project_code, line FROM projects WHERE name IS NULL OR project_code IS NULL
UNION ALL SELECT 'projects', 'enum', project_code, line FROM projects WHERE fund NOT IN ('EAKR', 'ESR', 'ESR+', 'JTF')
UNION ALL SELECT 'projects', 'ends-before-start', project_code, line FROM projects WHERE end_date < start_date
UNION ALL SELECT 'projects', 'primary-key', project_code, line FROM projects
SEMI JOIN (SELECT project_code FROM projects GROUP BY ALL HAVING count(*) > 1) AS double USING (project_code)
UNION ALL SELECT 'projects', 'single-applicant-with-several', project_code, line FROM projects
WHERE application_type = 'single' AND project_code IN (
    SELECT project_code FROM participations WHERE role = 'beneficiary' GROUP BY project_code HAVING count(*) > 1)
UNION ALL SELECT 'organisations', 'required', organisation_id, line FROM organisations WHERE organisation_id IS NULL
UNION ALL SELECT 'organisations', 'pattern', organisation_id, line FROM organisations
WHERE NOT regexp_full_match(postal_code, '[0-9]{{5}}')
UNION ALL SELECT 'organisations', 'business-id-check-digit', organisation_id, line FROM organisations
WHERE ({SUM}) % 11 <> 0
UNION ALL SELECT 'organisations', 'primary-key', organisation_id, line FROM organisations
SEMI JOIN (SELECT organisation_id FROM organisations GROUP BY ALL HAVING count(*) > 1) AS double USING (organisation_id)
UNION ALL SELECT 'participations', 'required', {PARTICIPATION}, line FROM participations
WHERE project_code IS NULL OR organisation_id IS NULL OR role IS NULL
UNION ALL SELECT 'participations', 'primary-key', {PARTICIPATION}, line FROM participations
SEMI JOIN (SELECT project_code, organisation_id, role FROM participations GROUP BY ALL HAVING count(*) > 1) AS double
USING (project_code, organisation_id, role)
UNION ALL SELECT 'participations', 'foreign-key', {PARTICIPATION}, line FROM participations
WHERE NOT EXISTS (FROM projects WHERE projects.project_code = participations.project_code)
OR NOT EXISTS (FROM organisations WHERE organisations.organisation_id = participations.organisation_id)
UNION ALL SELECT 'finance', 'type', project_code, line FROM finance WHERE unread
UNION ALL SELECT 'finance', 'required', project_code, line FROM finance WHERE project_code IS NULL
UNION ALL SELECT 'finance', 'minimum', project_code, line FROM finance WHERE granted_eu_state_eur < 0
UNION ALL SELECT 'finance', 'realised-over-granted', project_code, line FROM finance
WHERE realised_eu_state_eur > granted_eu_state_eur + 1
UNION ALL SELECT 'finance', 'primary-key', project_code, line FROM finance
SEMI JOIN (SELECT project_code FROM finance GROUP BY ALL HAVING count(*) > 1) AS double USING (project_code)
UNION ALL SELECT 'finance', 'foreign-key', project_code, line FROM finance
WHERE NOT EXISTS (FROM projects WHERE projects.project_code = finance.project_code)
UNION ALL SELECT 'finance', 'money-before-start', project_code, finance.line FROM finance
SEMI JOIN (FROM projects WHERE start_date > DATE '2026-01-31') AS coming USING (project_code)
WHERE realised_public_eur > 0
"""


def main(folder: Path, output: Path) -> None:
    """Write every finding."""
    connection = duckdb.connect()
    for table, columns in COLUMNS.items():
        connection.execute(READ.format(table=table, columns=columns, path=folder / "data" / f"{table}.csv"))
    connection.execute(
        f"COPY (SELECT * FROM ({FINDINGS}) AS found(\"table\", rule, key, line)) TO '{output}' (HEADER, DELIMITER ',')"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
