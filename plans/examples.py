"""The plans that ship: one TOML file each (fixtures/plans/README.md), strictly read, for any role to start from."""

from functools import cache
from pathlib import Path

from django.conf import settings

from plans.blueprint_files import BlueprintFault, read_toml
from plans.blueprints import Blueprint

FOLDER = Path(settings.BASE_DIR, "fixtures/plans")


@cache
def examples(folder: Path = FOLDER) -> dict[str, Blueprint]:
    """File name without its ending → blueprint, by name; read once. Raises BlueprintFault, with the file, for one that is bad."""
    found = {path.stem: read_example(path) for path in folder.glob("*.toml")}
    return dict(sorted(found.items(), key=lambda named: named[1].name))


def read_example(path: Path) -> Blueprint:
    try:
        return read_toml(path.read_bytes())
    except BlueprintFault as problem:
        raise BlueprintFault(f"{path.name}, {problem}") from problem
