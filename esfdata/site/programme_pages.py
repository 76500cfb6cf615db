"""The programmes: a page for each priority axis and each specific objective."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from esfdata.site.page_names import axis_page, objective_page
from esfdata.site.page_writer import Pages
from esfdata.site.project_groups import group, highest
from esfdata.site.site_model import Model

Row = dict[str, Any]
Axis = tuple[str, str, str]
AXIS = ("programme_period", "fund", "priority_axis")
OBJECTIVE = ("programme_period", "specific_objective")


def write(model: Model, pages: Pages) -> None:
    """Write the list of axes with their objectives, and a page for each."""
    axes, objectives = _groups(model, *AXIS), _groups(model, *OBJECTIVE)
    codes, language = model.codes, pages.language
    listed = []
    for axis in codes.axes:
        projects = axes.get(axis) or group(None)
        inside = [
            {**objectives.get((axis[0], name), group(None))["numbers"], "name": name,
             "title": codes.objective((axis[0], name), language),
             "page": objective_page((axis[0], name)) if (axis[0], name) in codes.objectives else None}
            for name in _objectives(model, axis)
        ]  # fmt: skip
        listed.append(
            (axis, {**projects["numbers"], "title": codes.axis(axis, language), "page": axis_page(axis)}, inside)
        )
        pages.write(
            axis_page(axis), "group.html", **projects, parent="programmes", up=[], code=f"{axis[1]} {axis[2]}",
            title_text=codes.axis(axis, language), towns=[], objectives=inside, lead=_programme(model, axis, language),
            link=f"axis={'/'.join(axis)}".replace("+", "%2B"),
        )  # fmt: skip
    for key, row in codes.objectives.items():
        above = [axis for axis in codes.axes if (axis[0], axis[2]) == (key[0], row["priority_axis"])]
        pages.write(
            objective_page(key), "group.html", **objectives.get(key, group(None)), parent="programmes", code=key[1],
            up=[(axis_page(axis), f"{axis[1]} {axis[2]} {codes.axis(axis, language)}") for axis in above],
            title_text=codes.objective(key, language), towns=[], objectives=[], link=f"objective={'/'.join(key)}",
            lead=_programme(model, above[0], language) if above else key[0].replace("-", "–"),
        )  # fmt: skip
    pages.write("programmes/index.html", "programmes.html", axes=listed, top=highest([row for _, row, _ in listed]))


def _groups(model: Model, *by: str) -> dict[tuple[str, ...], Row]:
    """The projects by some columns, each group as its page shows it."""

    def made() -> dict[tuple[str, ...], Row]:
        parts = model.projects.partition_by(*by, as_dict=True)
        return {key: group(rows) for key, rows in parts.items() if None not in key}

    return model.once(by, made)


def _objectives(model: Model, axis: Axis) -> list[str]:
    """The objectives of an axis: of the code list, and those that its projects name, in the order of numbers."""
    named = model.once("objectives", lambda: set(model.projects.select(*AXIS, "specific_objective").iter_rows()))
    own = {name for *key, name in named if name and tuple(key) == axis}
    return sorted({*own, *_listed(model, axis)}, key=_numbers)


def _listed(model: Model, axis: Axis) -> Iterator[str]:
    """The objectives of the code list: it gives their axis by number, which is enough where one fund has the number."""
    if sum((period, number) == (axis[0], axis[2]) for period, _, number in model.codes.axes) == 1:
        for (period, name), row in model.codes.objectives.items():
            if (period, row["priority_axis"]) == (axis[0], axis[2]):
                yield name


def _programme(model: Model, axis: Axis, language: str) -> str:
    return f"{model.codes.fund(axis[0], axis[1], language)} {axis[0].replace('-', '–')}"


def _numbers(name: str) -> tuple[list[int], str]:
    return [int(part) for part in name.split(".") if part.isdigit()], name
