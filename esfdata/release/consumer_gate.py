"""The gate: the written package, validated by frictionless exactly as a consumer would see it."""

from __future__ import annotations

from pathlib import Path

from esfdata.libraries import frictionless


def problems(folder: Path, without: str = "") -> list[str]:
    """What frictionless reports of the package in `folder`, a sentence each; empty where it is valid.

    The descriptor's own validity, types, constraints, keys, sizes and checksums are all in it; resources
    whose name ends in `without` are left out.
    """
    try:
        package = frictionless.Package(str(folder / "datapackage.json"))
        for name in [name for name in package.resource_names if without and name.endswith(without)]:
            package.remove_resource(name)
        report = package.validate()
    except frictionless.FrictionlessException as error:
        return [str(error.error.message), *(str(reason) for reason in error.reasons)]
    sentences = [str(fault.message) for fault in report.errors]
    for task in report.tasks:
        for fault in task.errors:
            record = getattr(fault, "row_number", None)
            sentences.append(f"{task.place}{f', record {record}' if record else ''}: {fault.message}")
    return sentences
