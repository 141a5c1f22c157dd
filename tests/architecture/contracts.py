"""An import-linter contract of ours: an app's doors are entered from its own app and from the roof alone."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """Refuses an import of an app's door from another app; rooms that do not exist yet are no fault."""

    type_name = "doors"

    apps: Any = fields.ListField(subfield=fields.StringField())
    doors: Any = fields.ListField(subfield=fields.StringField())
    roof: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return whether any module outside an app and the roof imports one of its doors."""
        breaches = [breach for app in self.apps for door in self.doors for breach in self._breaches(graph, app, door)]
        return ContractCheck(kept=not breaches, metadata={"breaches": sorted(breaches)})

    def _breaches(self, graph: ImportGraph, app: str, door: str) -> list[tuple[str, str]]:
        room = f"{app}.{door}"
        if room not in graph.modules:
            return []
        return [
            (importer, module)
            for module in {room, *graph.find_descendants(room)}
            for importer in graph.find_modules_that_directly_import(module)
            if not any(importer == place or importer.startswith(f"{place}.") for place in (app, *self.roof))
        ]

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that is refused."""
        breaches: list[tuple[str, str]] = check.metadata["breaches"]
        for importer, module in breaches:
            output.print_error(f"{importer} enters {module}, a door of another app")
