"""The names of what a release holds.

A release is a folder:

    datapackage/   datapackage.json, data/*.csv, data/*.parquet, codelists/, rates.csv: a Data Package
    data/          a JSON file a table, for pages
    *.sqlite *.xlsx *.duckdb   all tables in one file
    *.zip          the folder datapackage/
    dcat.ttl …     what catalogues harvest, where the address of the release is known
    site/          the pages, with the files of this release and earlier ones at addresses that stay
    SHA256SUMS     the checksum of every file that is the same on every run
    CONTENT-SHA256 the checksum of every table's rows, which outlives the versions of the libraries

The pages are not in SHA256SUMS: they show it, and offer it with the other files.
"""

from __future__ import annotations

from esfdata.files import checksums
from esfdata.release import metadata

PACKAGE = "datapackage"
DESCRIPTOR = "datapackage.json"
CHECKSUMS = checksums.FILE
SITE = "site"
RELEASE = (PACKAGE, "data", "*.zip", "*.sqlite", "*.xlsx", "*.duckdb", CHECKSUMS, checksums.CONTENT, "operations*.csv",
           *metadata.FILES, SITE)  # fmt: skip
FOLDER = (DESCRIPTOR, "data", "codelists", "rates.csv")
FORMATS = ("sqlite", "xlsx", "duckdb", "json")
"""What a release has beside the data package; `duckdb` only where DuckDB is installed."""
