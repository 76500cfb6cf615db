"""The names of what a release holds.

A release is a folder:

    datapackage/   datapackage.json, data/*.csv, data/*.parquet, codelists/, rates.csv: a Data Package
    data/          a file a table in the formats that are written so: JSON, for pages
    *.sqlite …     all tables in one file, in each format that is written so
    *.zip          the folder datapackage/
    dcat.ttl …     what catalogues harvest, where the address of the release is known
    site/          the pages, with the files of this release and earlier ones at addresses that stay
    SHA256SUMS     the checksum of every file that is the same on every run
    CONTENT-SHA256 the checksum of every table's rows, which outlives the versions of the libraries

The pages are not in SHA256SUMS: they show it, and offer it with the other files.
"""

from __future__ import annotations

from esfdata.files import checksums
from esfdata.release.formats import OF_ALL, zip_archive
from esfdata.release.metadata import FILES

PACKAGE = "datapackage"
DESCRIPTOR = "datapackage.json"
CHECKSUMS = checksums.FILE
SITE = "site"
ZIP = zip_archive.FORMAT.suffix
RELEASE = (PACKAGE, "data", f"*{ZIP}", *(f"*{form.suffix}" for form in OF_ALL), CHECKSUMS, checksums.CONTENT,
           "operations*.csv", *FILES, SITE)  # fmt: skip
FOLDER = (DESCRIPTOR, "data", "codelists", "rates.csv")
