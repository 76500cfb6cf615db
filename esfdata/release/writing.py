"""Publishing: the gate, the release in every format, the same bytes on every run, the checksums."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esfdata.exceptions import PublishError
from esfdata.files import atomic, checksums
from esfdata.files.archive import Writer
from esfdata.libraries import pl
from esfdata.release.consumer_gate import problems
from esfdata.release.contents import Contents, Table, tables
from esfdata.release.facts import measured
from esfdata.release.formats import BY_SUFFIX, OF_ALL, OF_EACH, csv_files, parquet_files, stable, zip_archive
from esfdata.release.layout import CHECKSUMS, DESCRIPTOR, FOLDER, PACKAGE, RELEASE, ZIP
from esfdata.release.metadata import write_metadata
from esfdata.tables.descriptor import TWIN
from esfdata.tables.package import Package
from esfdata.tables.roles import CODE_LIST, role

if TYPE_CHECKING:
    from esfdata.files.checksums import Digest
    from esfdata.release.contents import Format


def write(package: Package, to: str | Path) -> Path:
    """Write `package` as a folder: `datapackage.json`, `data/<table>.csv` and the code lists.

    UTF-8, LF, rows sorted by primary key, only the fields of the descriptor. The folder appears whole or
    not at all; what else is in `to` stays.
    """
    to = Path(to)
    with atomic.folder(to, FOLDER) as new:
        written = tables(package)
        pl.collect_all([csv_files.sink(table, _made(new / _path(table.resource))) for table in written])
        _describe(package, [_resource(table) for table in written], new / DESCRIPTOR)
    return to


def release(
    package: Package,
    to: str | Path,
    *,
    formats: Collection[str] | None = None,
    gated: bool = False,
    base_url: str | None = None,
    pages: Callable[[Path], None] | None = None,
) -> Path:
    """Write a release as it is; `gated` asks frictionless, and `pages` adds the site to the finished folder.

    `formats` names those to write beside the data package; by default all for which the library is installed.
    """
    to = Path(to)
    beside = [form for form in (*OF_ALL, *OF_EACH) if form.installed and (formats is None or form.name in formats)]
    with atomic.folder(to, RELEASE) as new:
        written = tables(package)
        name = f"{package.name}-{package.version}"
        (new / PACKAGE).mkdir()
        digests = _data_package(package, written, new / PACKAGE, new / f"{name}{ZIP}", beside)
        if gated:
            gate(new / PACKAGE)
        content = {table.name: digests[f"{PACKAGE}/{_path(table.resource)}"] for table in written}
        (new / checksums.CONTENT).write_text(checksums.text(content), encoding="utf-8", newline="\n")
        _further(package, written, new, name, beside)
        if address := base_url or package.descriptor.get("homepage"):
            descriptor = json.loads((new / PACKAGE / DESCRIPTOR).read_text(encoding="utf-8"))
            write_metadata(descriptor, measured(new), new, address)
        for file in sorted(p for p in new.rglob("*") if p.is_file() and stable(p)):
            inside = file.relative_to(new).as_posix()
            digests[inside] = digests.get(inside) or checksums.sha256(file)
        (new / CHECKSUMS).write_text(checksums.text(digests), encoding="utf-8", newline="\n")
        if pages:
            pages(new)
    return to


def gate(folder: Path) -> None:
    """Refuse a written package that frictionless, as any consumer would run it, does not accept.

    The Parquet files are left out: they have the rows of the CSV, and frictionless takes minutes to read them.
    """
    faults = problems(folder, without=TWIN)
    if faults:
        raise PublishError("not published: frictionless does not accept the package:\n  " + "\n  ".join(faults[:20]))


def _data_package(
    package: Package, written: list[Table], folder: Path, zipped: Path, beside: list[Format]
) -> dict[str, str]:
    """Write the data package and its zip, and return the checksums of its files.

    One pass a table gives CSV and Parquet; meanwhile a second thread reads what is done, once, for the
    checksum and the zip.
    """
    archive = Writer(zipped)
    digests: dict[str, Future[Digest]] = {}
    with ThreadPoolExecutor(1) as second:
        for table in written:
            paths = [_path(table.resource), _parquet_path(table.resource)]
            files = [_made(folder / path) for path in paths]
            pl.collect_all([csv_files.sink(table, files[0]), parquet_files.sink(table, files[1])])
            for path, file in zip(paths, files, strict=True):
                compress = not BY_SUFFIX[file.suffix].compressed
                digests[path] = second.submit(archive.add, file, path, compress=compress)
        done = {path: future.result() for path, future in digests.items()}
    resources = [_resource(table, done[_path(table.resource)]) for table in written]
    resources += [_twin(table, done[_parquet_path(table.resource)]) for table in written]
    _describe(package, resources, folder / DESCRIPTOR, distributions=_listed(zipped, written, beside))
    done[DESCRIPTOR] = archive.add(folder / DESCRIPTOR, DESCRIPTOR)
    archive.close()
    return {f"{PACKAGE}/{path}": digest.sha256 for path, digest in done.items()}


def _further(package: Package, written: list[Table], new: Path, name: str, beside: list[Format]) -> None:
    """Write the formats that lie beside the data package, from its Parquet files."""
    parquet = [new / PACKAGE / _parquet_path(table.resource) for table in written]
    typed = [Table(t.resource, pl.scan_parquet(path), path) for t, path in zip(written, parquet, strict=True)]
    contents = Contents(typed, package.descriptor, _time() or datetime(1980, 1, 1))
    for form in beside:
        if form.write:
            form.write(contents, new / f"{name}{form.suffix}")
        if form.write_table:
            for table in typed:
                form.write_table(table, _made(new / "data" / f"{table.name}{form.suffix}"))


def _listed(zipped: Path, written: list[Table], beside: list[Format]) -> list[dict[str, str]]:
    """The files of the release that lie beside the data package, for its descriptor."""
    files = []
    for form in (*beside, zip_archive.FORMAT):
        names = [f"data/{table.name}" for table in written] if form.write_table else [zipped.stem]
        note = {"description": f"Not in {CHECKSUMS}: {form.varies}"} if form.varies else {}
        files += [
            {"name": f"{name}{form.suffix}", "format": form.name, "mediatype": form.media_type, **note}
            for name in names
        ]
    return files


def _describe(package: Package, resources: list[dict[str, Any]], path: Path, **more: Any) -> None:
    time = _time()
    created = {"created": time.strftime("%Y-%m-%dT%H:%M:%SZ")} if time and more else {}
    descriptor = {**package.descriptor, **created, **more, "resources": resources}
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _resource(table: Table, digest: Digest | None = None) -> dict[str, Any]:
    """The resource of a table's CSV; with its size and checksum where they are known."""
    stated = {name: value for name, value in table.resource.items() if name not in ("bytes", "hash")}
    stated["path"] = _path(table.resource)
    return stated if digest is None else {**stated, "bytes": digest.size, "hash": f"sha256:{digest.sha256}"}


def _twin(table: Table, digest: Digest) -> dict[str, Any]:
    """The resource of a table's Parquet: no foreign keys (they are checked once), no size (clients count text)."""
    words = {name: table.resource[name] for name in ("title", "description", "translations") if name in table.resource}
    schema = {name: value for name, value in table.resource["schema"].items() if name != "foreignKeys"}
    unknown = {"missingValues": ["", "nan"]}  # so frictionless sees an unknown whole number
    schema["fields"] = [{**field, **unknown} if field.get("type") == "integer" else field for field in table.fields]
    form = parquet_files.FORMAT
    return {
        "name": f"{table.name}{TWIN}", "type": "table", "path": _parquet_path(table.resource), "format": form.name,
        "mediatype": form.media_type, **words, "hash": f"sha256:{digest.sha256}", "schema": schema,
    }  # fmt: skip


def _path(resource: Mapping[str, Any]) -> str:
    """Where the CSV of a table lies in the package."""
    name = resource["name"]
    if role(resource) != CODE_LIST:
        return f"data/{name}.csv"
    return f"{name}.csv" if resource["path"] == f"{name}.csv" else f"codelists/{name}.csv"


def _parquet_path(resource: Mapping[str, Any]) -> str:
    return f"data/{resource['name']}.parquet"


def _made(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    return path


def _time() -> datetime | None:
    """The only clock: SOURCE_DATE_EPOCH, where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    if not epoch.isdigit():
        raise PublishError(f"SOURCE_DATE_EPOCH is {epoch!r}; accepted are whole seconds since 1970")
    return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
