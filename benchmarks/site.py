"""The site of a large package: seconds, memory, pages, sizes, and how soon the table of projects is usable.

The package is invented: names, amounts and places are drawn at random from code lists, always the same ones.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from esfdata import Package
from esfdata.findings.finding import Findings
from esfdata.tables.reading import blank
from esfdata.tables.text_rows import frame

WORDS = (
    "Kuusi",
    "Honka",
    "Järvi",
    "Kivi",
    "Lehto",
    "Mäki",
    "Niemi",
    "Pelto",
    "Ranta",
    "Salo",
    "Suvi",
    "Talvi",
    "Tähti",
)
ENDS = ("kehitys ry", "opiston säätiö", "konepaja Oy", "seudun kuntayhtymä", "palvelut Oy", "kaupunki")
AIMS = ("työn äärellä", "uutta osaamista", "kohti työtä", "nuoret mukaan", "digi haltuun", "vihreä siirtymä")
SEEN = ("name", "fund", "priority_axis", "start_date", "end_date", "status", "authority")


def package(projects: int, organisations: int) -> Package:
    """An invented package of so many projects and organisations."""
    draw, bare = random.Random(20), blank()
    places = bare.lazy("municipalities").filter(last_year=2026).collect().to_dicts()
    axes = bare.lazy("priority_axes").collect().to_dicts()
    authorities = bare.lazy("authorities").collect()["authority"].to_list()
    rows: dict[str, list[dict[str, str | None]]] = {name: [] for name in (
        "projects", "organisations", "participations", "finance", "locations", "statements")}  # fmt: skip
    keys = [f"{1000000 + number:07d}-{number % 10}" for number in range(organisations)]
    for number, key in enumerate(keys):
        name = f"{draw.choice(WORDS)}{draw.choice(WORDS).lower()}n {draw.choice(ENDS)} {number}"
        rows["organisations"].append({"organisation_id": key, "business_id": key, "name": name, "city": "Mikkeli"})
        rows["statements"].append(_stated("organisations", key, "name", name, number))
    for number in range(projects):
        code, axis, place = f"S{20000 + number}", draw.choice(axes), draw.choice(places)
        start = date(2008, 1, 1) + timedelta(draw.randrange(6000))
        row: dict[str, str | None] = {
            "project_code": code, "name": f"{draw.choice(WORDS)} {draw.choice(AIMS)} {number}",
            "programme_period": axis["programme_period"], "fund": axis["fund"], "priority_axis": axis["priority_axis"],
            "start_date": start.isoformat(), "end_date": (start + timedelta(draw.randrange(90, 1200))).isoformat(),
            "status": "Toiminta päättynyt", "authority": draw.choice(authorities),
        }  # fmt: skip
        granted = draw.randrange(5_000, 3_000_000)
        rows["projects"].append(row)
        rows["finance"].append({"project_code": code, "granted_eu_state_eur": f"{granted}.00",
                                "realised_eu_state_eur": f"{granted * draw.randrange(60, 100) // 100}.00"})  # fmt: skip
        rows["participations"].append(
            {"project_code": code, "organisation_id": draw.choice(keys), "role": "beneficiary"}
        )
        region = {"project_code": code, "section": "6"}
        rows["locations"] += [
            {**region, "level": "municipality", "name": place["name_fi"], "code": place["municipality_code"]},
            {**region, "level": "region", "name": place["region_fi"], "code": place["region_code"]},
        ]
        rows["statements"] += [_stated("projects", code, name, row[name], number) for name in SEEN]
        rows["statements"].append(_stated("finance", code, "granted_eu_state_eur", f"{granted}.00", number))
    rows["documents"] = [{"document_id": "list.csv", "path": "list.csv", "kind": "export"}]
    tables = {name: frame(made, [field["name"] for field in bare.fields(name)]) for name, made in rows.items()}
    return bare.replace(**tables)


def _stated(table: str, key: str, field: str, value: str | None, line: int) -> dict[str, str | None]:
    return {"document_id": "list.csv", "table": table, "key": key, "field": field, "value": value, "original": value,
            "line": str(line + 2)}  # fmt: skip


def usable(folder: Path) -> str:
    """Milliseconds until the table of projects has answered, and until a search has (in a browser)."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return "no browser here"
    chromium = shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        start = time.perf_counter()
        page.goto((folder / "fi" / "projects" / "index.html").as_uri())
        page.wait_for_selector("html[data-ready]")
        ready = time.perf_counter() - start
        start = time.perf_counter()
        page.fill("#q", "jarvi tyota")
        page.wait_for_selector('#count:text-matches("^[0-9].* [0-9]")')
        searched = time.perf_counter() - start
        browser.close()
    return f"usable after {ready * 1000:.0f} ms, searched after {searched * 1000:.0f} ms"


def main() -> None:
    """Print what the site of the invented package takes."""
    from esfdata import site

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=25_000)
    parser.add_argument("--organisations", type=int, default=15_000)
    parser.add_argument("--to", type=Path, help="keep the site here")
    options = parser.parse_args()
    made = package(options.projects, options.organisations)
    with tempfile.TemporaryDirectory() as scratch:
        to = options.to or Path(scratch, "site")
        start, before = time.perf_counter(), time.process_time()
        site.write(made, Findings(), to)
        seconds = time.perf_counter() - start
        files = [path for path in to.rglob("*") if path.is_file()]
        pages = [path.stat().st_size for path in files if path.suffix == ".html"]
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        spent = sum(one.ru_utime + one.ru_stime for one in used) - before
        print(f"{options.projects} projects, {options.organisations} organisations: {seconds:.0f} s, {spent:.0f} s of "
              f"processors, {max(one.ru_maxrss for one in used) / 1024:.0f} MB at most in a process")  # fmt: skip
        print(f"{len(pages)} pages, the largest {max(pages) / 1000:.0f} kB, together {sum(pages) / 1e6:.0f} MB; the "
              f"rows of the table {(to / 'assets/data/projects.js').stat().st_size / 1e6:.1f} MB")  # fmt: skip
        print(usable(to))


if __name__ == "__main__":
    sys.exit(main())
