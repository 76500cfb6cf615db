"""The site in a real browser: journeys in three languages, accessibility, and no request to anywhere else.

`.ci/browser` installs what is needed and runs these tests; elsewhere they are skipped.
"""

import csv
import importlib.util
import io
import os
import re
import shutil
import threading
import zipfile
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest

if "ESFDATA_BROWSER_TOOLS" not in os.environ:
    pytest.skip("they need a browser: .ci/browser runs them", allow_module_level=True)

import playwright.sync_api as playwright

from esfdata import site, validate
from esfdata.site.server import server

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
AXE = Path(os.environ["ESFDATA_BROWSER_TOOLS"], "node_modules", "axe-core", "axe.min.js")
SHOTS = os.environ.get("ESFDATA_SCREENSHOTS")
WIDTHS = (320, 1280)
SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
SHOWN = ("home", "projects", "project", "quality")

PROJECTS = 400
PAGES = {
    "door": "index.html", "home": "en/index.html", "projects": "en/projects/index.html",
    "project": "en/projects/S21386.html", "another": "en/projects/S20010.html",
    "organisations": "en/organisations/index.html", "organisation": "en/organisations/0165116-3.html",
    "regions": "en/regions/index.html", "region": "en/regions/10.html", "programmes": "en/programmes/index.html",
    "axis": "en/programmes/2014-2020-ESR-5.html", "objective": "en/programmes/2014-2020-10-1.html", "money": "en/money/index.html", "quality": "en/quality/index.html",
    "check": "en/quality/sources-disagree.html", "data": "en/data/index.html",
    "dictionary": "en/data/dictionary.html", "columns": "en/data/tables/projects.html", "about": "en/about.html",
    "finnish": "fi/index.html", "swedish": "sv/projects/S22016.html",
}  # fmt: skip
WORDS = {"fi": ("Hae", "Hankkeet", "riviä"), "sv": ("Sök", "Projekt", "rader"), "en": ("Search", "Projects", "rows")}


def invented():
    """The shipped package with invented projects beside its own."""
    import polars as pl

    import esfdata

    spec = importlib.util.spec_from_file_location("benchmark_of_site", ROOT / "benchmarks" / "site.py")
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    real, many = esfdata.load(), benchmark.package(PROJECTS - 3, 300)
    names = ("projects", "organisations", "participations", "finance", "locations", "statements", "documents")
    return real.replace(**{name: pl.concat([real.raw(name), many.raw(name)]) for name in names})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The site as a folder."""
    package = invented()
    return site.write(package, validate(package), tmp_path_factory.mktemp("browser") / "site")


@pytest.fixture(scope="module")
def address(folder):
    """The site on a server of this machine."""
    running = server(folder)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium."""
    with playwright.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@contextmanager
def opened(browser, **options):
    """A page that records its requests and its errors."""
    with browser.new_context(**options) as context:
        page = context.new_page()
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda told: page.errors.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        yield page


def ready(page):
    """Wait until the table has answered."""
    page.wait_for_selector("html[data-ready]")


def count(page):
    """The number of rows that the table tells."""
    return int(re.match(r"[\d\s,]+", page.inner_text("#count"))[0].replace(",", "").replace("\xa0", "").strip())


@pytest.mark.parametrize("language", WORDS)
def test_from_the_home_page_to_where_a_value_comes_from(browser, address, language):
    search, projects, rows = WORDS[language]
    with opened(browser) as page:
        page.goto(f"{address}/index.html")
        page.click(f"a[hreflang={language}]")
        page.fill("input[name=q]", "meijan mikkeli")
        page.click(f"button:text-is('{search}')")
        ready(page)
        assert (1, projects) == (count(page), page.inner_text("h1"))
        assert rows[:3] in page.inner_text("#count")
        page.click("#table tbody a")
        assert "Meijän Mikkeli" == page.inner_text("h1")
        assert language == page.get_attribute("html", "lang")
        assert "S21386-kuvaus.txt" in page.inner_text(".provenance")
        page.go_back()
        ready(page)
        assert 1 == count(page)
        assert [] == page.errors
        assert [] == [url for url in page.asked if not url.startswith(address)]


def test_the_language_can_be_changed_on_every_page(browser, address):
    with opened(browser) as page:
        page.goto(f"{address}/fi/projects/S21386.html")
        page.click(".tongues a[hreflang=sv]")
        assert f"{address}/sv/projects/S21386.html" == page.url
        assert "Fakta" == page.inner_text("#h-facts")


def test_the_address_holds_the_view_and_back_undoes(browser, address):
    with opened(browser) as page:
        page.goto(f"{address}/en/projects/index.html")
        ready(page)
        page.select_option("#f-fund", "EAKR")
        eakr = count(page)
        page.select_option("#f-regions", "10")
        both = count(page)
        assert PROJECTS > eakr > both > 0
        page.click("th button[data-key=granted_eu_state_eur]")
        first = page.inner_text("#table tbody tr:first-child")
        assert "fund=EAKR&regions=10&sort=-granted_eu_state_eur" in page.url
        page.reload()
        ready(page)
        assert (both, first) == (count(page), page.inner_text("#table tbody tr:first-child"))
        page.go_back()
        page.go_back()
        assert (eakr, "") == (count(page), page.input_value("#f-regions"))
        page.go_forward()
        assert both == count(page)
        page.click("#reset")
        assert PROJECTS == count(page)


def test_years_findings_and_columns(browser, address):
    with opened(browser) as page:
        page.goto(f"{address}/en/projects/index.html#year=2019&flag=findings&columns=name,status,findings")
        ready(page)
        assert ["Name", "Status", "Findings"] == page.locator("#table thead th").all_inner_texts()
        assert 1 <= count(page) < PROJECTS
        page.click("summary:text('Columns')")
        page.check("input[name=fund]")
        assert "Fund" in page.locator("#table thead th").all_inner_texts()
        page.keyboard.press("Escape")
        assert not page.is_visible("#columns")


def test_an_objective_is_a_filter_that_its_page_leads_to(browser, address):
    with opened(browser) as page:
        page.goto(f"{address}/en/programmes/2014-2020-10-1.html")
        page.click("dl.counts a")
        ready(page)
        assert ("2014-2020/10.1", 2) == (page.input_value("#f-objective"), count(page))


def test_search_engines_find_the_data_set_where_scripts_are_strict(browser, address):
    with opened(browser) as page:
        page.goto(f"{address}/sv/index.html")
        told = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
        assert ("Dataset", "https://schema.org/") == (told["@type"], told["@context"])
        assert [] == page.errors


def test_pages_of_rows(browser, address):
    with opened(browser) as page:
        page.goto(f"{address}/en/projects/index.html")
        ready(page)
        seen = []
        while True:
            seen += page.locator("#table tbody th a").evaluate_all("links => links.map(link => link.href)")
            if page.is_disabled("#next"):
                break
            page.click("#next")
        assert (PROJECTS, PROJECTS) == (len(seen), len(set(seen)))


def shown(page):
    """The rows of the table as they are shown, all of them."""
    return [
        [cell.strip() for cell in row]
        for row in page.evaluate(
            "[...document.querySelectorAll('#table tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))"
        )
    ]


def test_a_csv_file_has_the_rows_that_are_shown(browser, address):
    with opened(browser, accept_downloads=True) as page:
        page.goto(f"{address}/fi/projects/index.html#q=savo&regions=10&columns=name,project_code,start_date,"
                  "granted_eu_state_eur")  # fmt: skip
        ready(page)
        page.goto(
            f"{address}/fi/projects/index.html#regions=10&columns=name,project_code,start_date,granted_eu_state_eur"
        )
        page.click("summary:text('Lataa')")
        with page.expect_download() as download:
            page.click("#csv")
        text = Path(download.value.path()).read_bytes()
        assert text.startswith(b"\xef\xbb\xbf") and b"\r\n" in text
        head, *rows = csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";")
        assert ["Nimi", "Koodi", "Alkaa", "Myönnetty EU + valtio"] == head
        told = [[a, b, _day(c), f"{int(d):,}".replace(",", "\xa0") + "\xa0€" if d else ""] for a, b, c, d in rows]
        assert count(page) == len(rows) < 50
        assert shown(page) == told


def test_an_xlsx_file_has_the_rows_that_are_shown(browser, address):
    with opened(browser, accept_downloads=True) as page:
        page.goto(f"{address}/fi/projects/index.html#regions=10&columns=name,fund,granted_eu_state_eur")
        ready(page)
        page.click("summary:text('Lataa')")
        with page.expect_download() as download:
            page.click("#xlsx")
        with zipfile.ZipFile(download.value.path()) as archive:
            assert archive.testzip() is None
            for name in archive.namelist():
                ElementTree.fromstring(archive.read(name))
            sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        rows = [{cell.get("r")[0]: "".join(cell.itertext()) for cell in row} for row in sheet.iter(f"{space}row")]
        told = [[row["A"], row["B"], f"{int(row['C']):,}".replace(",", "\xa0") + "\xa0€" if row.get("C") else ""]
                for row in rows[1:]]  # fmt: skip
        assert shown(page) == told


def _day(text):
    year, month, day = text.split("-")
    return f"{int(day)}.{int(month)}.{year}"


def test_it_works_from_a_folder_without_a_server(browser, folder):
    with opened(browser) as page:
        page.goto((folder / "fi" / "index.html").as_uri())
        page.fill("input[name=q]", "porukalla")
        page.keyboard.press("Enter")
        ready(page)
        assert 1 == count(page)
        page.select_option("#f-fund", "ESR")
        page.click("#table tbody a")
        assert "Porukalla!" == page.inner_text("h1")
        page.go_back()
        ready(page)
        assert "ESR" == page.input_value("#f-fund")
        assert [] == page.errors
        assert [] == [url for url in page.asked if not url.startswith(folder.as_uri())]


def test_the_keyboard_alone_suffices(browser, address):
    with opened(browser) as page:
        page.goto(f"{address}/en/projects/index.html")
        ready(page)
        page.keyboard.press("Tab")
        assert "Skip to the content" == page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        assert "main" == page.evaluate("document.activeElement.id")
        page.keyboard.press("Tab")
        page.keyboard.type("jarvi")
        page.wait_for_url("**#q=jarvi")
        page.focus("th button[data-key=name]")
        page.keyboard.press("Enter")
        assert "ascending" == page.get_attribute("th:has(button[data-key=name])", "aria-sort")
        assert "name" == page.evaluate("document.activeElement.dataset.key")


def test_without_scripts_the_first_rows_are_there(browser, address):
    with opened(browser, java_script_enabled=False) as page:
        page.goto(f"{address}/en/projects/index.html")
        assert 50 == page.locator("#table tbody tr").count()


def test_nothing_moves_when_the_table_answers(browser, address):
    with opened(browser) as page:
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
            "entry => { window.moved += entry.value; })).observe({type: 'layout-shift', buffered: true})"
        )
        page.goto(f"{address}/fi/projects/index.html")
        before = shown(page)
        ready(page)
        page.wait_for_timeout(200)
        assert before == shown(page)
        assert page.evaluate("window.moved") < 0.02


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_template_is_accessible_in_both_themes_and_widths(browser, address, name, width):
    with opened(browser, viewport={"width": width, "height": 900}, bypass_csp=True) as page:
        page.goto(f"{address}/{PAGES[name]}")
        if name in ("projects", "organisations"):
            ready(page)
        page.add_script_tag(path=str(AXE))
        assert [] == faults(page, "{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', "
                                  "'best-practice']}")  # fmt: skip
        page.emulate_media(color_scheme="dark")  # only colours differ: the document is the same
        assert [] == faults(page, "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def faults(page, rules):
    """What axe-core finds wrong in a page."""
    found = page.evaluate(f"axe.run(document, {{runOnly: {rules}, resultTypes: ['violations']}})")["violations"]
    return [(one["id"], one["nodes"][0]["html"][:160], one["nodes"][0]["failureSummary"]) for one in found]


@pytest.mark.skipif(not SHOTS, reason="nobody asked for screenshots")
@pytest.mark.parametrize("name", SHOWN)
def test_pictures_of_the_pages_that_matter_most(browser, address, name):
    Path(SHOTS).mkdir(parents=True, exist_ok=True)
    for form, size in SIZES.items():
        with opened(browser, viewport=size) as page:
            page.goto(f"{address}/{PAGES[name]}")
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                page.screenshot(path=Path(SHOTS, f"{name}-{form}-{theme}.png"), full_page=name != "projects")


def test_paper_has_no_controls(browser, address):
    with opened(browser) as page:
        page.emulate_media(media="print")
        page.goto(f"{address}/en/projects/index.html")
        assert not page.is_visible("#filter") and not page.is_visible(".pager")
        assert page.is_visible("#table")
