"""The house's rules that read source: each takes a tree's root and yields one line a breach.

`python -m tests.architecture.rules` prints what they find in the product.
"""

import ast
import importlib.util
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from tests.architecture import comforts, landed, refusals, rooms, translatable, upward
from tests.architecture.tree import FLOORS, ROOT, Source, sources, templates

Function = ast.FunctionDef | ast.AsyncFunctionDef
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES, TEMPLATE_WIDTH = 400, 50, 150, 120
# Celery's own signals say that a process is up: no business logic hangs on them.
SIGNALS = re.compile(
    r"^(django\.(db\.models|core|contrib\.auth|test|dispatch)|allauth\.\w+)\.signals$|^django\.dispatch$"
)
QUERIES = frozenset(
    {"filter", "exclude", "exists", "aggregate", "annotate", "all", "first", "last", "latest", "earliest"}
    | {"values_list", "select_related", "order_by"}
)
TEMPLATE_QUERY = re.compile(r"\b\w+_set\b|\.(?:all|exists|objects|select_related)\b")
TEMPLATE_CODE = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)


def _functions(source: Source) -> Iterator[Function]:
    return (node for node in ast.walk(source.tree) if isinstance(node, Function))


def _imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))


def imports_in_functions(root: Path) -> Iterator[str]:
    """Yield imports inside a function: they hide a cycle."""
    for source in sources(root):
        for function in _functions(source):
            yield from (source.at(node, "an import inside a function") for node in _imports(function))


def wildcard_imports(root: Path) -> Iterator[str]:
    """Yield imports of everything: nobody can say where a name came from."""
    for source in sources(root, (*FLOORS, "tests")):
        for node in _imports(source.tree):
            if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names):
                yield source.at(node, "a wildcard import")


def _modules(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (name.name for name in node.names)
    else:
        yield str(node.module)
        yield from (f"{node.module}.{name.name}" for name in node.names)


def signals(root: Path) -> Iterator[str]:
    """Yield imports of signals: what happens next is said by the service that makes it happen."""
    for source in sources(root):
        for node in _imports(source.tree):
            if any(SIGNALS.match(module) for module in _modules(node)):
                yield source.at(node, "a signal; call it from the service instead")


def save_overrides(root: Path) -> Iterator[str]:
    """Yield save() and delete() written on models: rules live in services."""
    for source in sources(root):
        for owner in ast.walk(source.tree):
            if not isinstance(owner, ast.ClassDef) or not (source.is_model or _names_model(owner)):
                continue
            for node in owner.body:
                if isinstance(node, Function) and node.name in {"save", "delete"}:
                    yield source.at(node, f"{owner.name}.{node.name}() is overridden; write a service")


def _names_model(owner: ast.ClassDef) -> bool:
    return any(ast.unparse(base) in {"models.Model", "Model", "Stamped", "models.Stamped"} for base in owner.bases)


def _is_property(function: Function) -> bool:
    return any(ast.unparse(each).split(".")[-1] in {"property", "cached_property"} for each in function.decorator_list)


def queries_in_properties(root: Path) -> Iterator[str]:
    """Yield properties that ask the database: a read that looks like an attribute is one query a row."""
    for source in sources(root):
        for function in filter(_is_property, _functions(source)):
            for node in ast.walk(function):
                is_manager = isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
                if is_manager or (source.is_model and _is_query(node)):
                    yield source.at(node, f"the property {function.name} asks the database")


def _is_query(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in QUERIES


def queries_in_templates(root: Path) -> Iterator[str]:
    """Yield template expressions that ask the database."""
    for place, text in templates(root):
        for code in TEMPLATE_CODE.finditer(text):
            if TEMPLATE_QUERY.search(code.group()):
                yield f"{place}:{text.count(chr(10), 0, code.start()) + 1}: a query in a template: {code.group()}"


def long_files(root: Path) -> Iterator[str]:
    """Yield Python files and templates past their limit."""
    for source in sources(root, (*FLOORS, "tests")):
        lines = len(source.text.splitlines())
        if lines > FILE_LINES and not source.is_migration:
            yield source.at(None, f"{lines} lines, {FILE_LINES} is the limit: make the room a folder")
    for place, text in templates(root):
        if (lines := len(text.splitlines())) > TEMPLATE_LINES:
            yield f"{place}:1: {lines} lines, {TEMPLATE_LINES} is the limit: make a component of a part"


def wide_templates(root: Path) -> Iterator[str]:
    """Yield the lines of pages' templates past their limit; in a mail's text a line end is shown."""
    for place, text in templates(root):
        if not place.endswith(".html"):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > TEMPLATE_WIDTH:
                yield f"{place}:{number}: {len(line)} characters, {TEMPLATE_WIDTH} is the limit"


def long_functions(root: Path) -> Iterator[str]:
    """Yield functions past their limit."""
    for source in sources(root, (*FLOORS, "tests")):
        for function in _functions(source):
            lines = int(function.end_lineno or 0) - function.lineno + 1
            if lines > FUNCTION_LINES:
                yield source.at(function, f"{function.name} has {lines} lines, {FUNCTION_LINES} is the limit")


def bare_text_areas(root: Path) -> Iterator[str]:
    """Yield text areas that keep the line ends of whoever's browser sent a text."""
    for source in filter(lambda each: each.place != "core/forms.py", sources(root)):
        for node in ast.walk(source.tree):
            is_attribute = isinstance(node, ast.Attribute) and node.attr == "Textarea"
            if is_attribute or (isinstance(node, ast.ImportFrom) and "Textarea" in {each.name for each in node.names}):
                yield source.at(node, "a bare text area: core.forms.LongText keeps a text as it was")


def silent_modules(root: Path) -> Iterator[str]:
    """Yield modules that do not say what belongs in them."""
    for source in sources(root, (*FLOORS, "tests")):
        if source.text.strip() and not source.is_migration and not ast.get_docstring(source.tree):
            yield source.at(None, "no docstring says what belongs here")


def gerund_modules(root: Path) -> Iterator[str]:
    """Yield modules named by a gerund: a module holds things, and bears their name."""
    for source in sources(root):
        if re.search(r"ing$", source.path.stem) and not source.is_migration:
            yield source.at(None, f"“{source.path.stem}” is a gerund: name the module by what it holds")


def _suggested_name(source: Source) -> str:
    """Return the name that Django would have given to a migration."""
    specification = importlib.util.spec_from_file_location("seen_migration", source.path)
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return str(module.Migration(source.path.stem, "seen").suggest_name())


def auto_named_migrations(root: Path) -> Iterator[str]:
    """Yield migrations that kept the name Django made up."""
    for source in filter(lambda each: each.is_migration, sources(root)):
        number, _, name = source.path.stem.partition("_")
        made_up = re.match(r"auto_|merge_|.*_and_more$", name) or not name
        if (
            made_up
            or (name != "initial" and name == _suggested_name(source))
            or (name == "initial") != (number == "0001")
        ):
            yield source.at(None, "an auto-named migration: makemigrations APP -n what_it_does")


Rule = Callable[[Path], Iterator[str]]
RULES: tuple[Rule, ...] = (
    rooms.stray_rooms,
    rooms.drawers,
    rooms.stray_floors,
    imports_in_functions,
    wildcard_imports,
    signals,
    save_overrides,
    queries_in_properties,
    queries_in_templates,
    long_files,
    wide_templates,
    long_functions,
    bare_text_areas,
    silent_modules,
    gerund_modules,
    auto_named_migrations,
    landed.changed_migrations,
    translatable.bare_words,
    upward.names_of_floors_above,
    refusals.caught_in_views,
    comforts.unlisted_promises,
)


def main() -> int:
    """Print every breach in the product; return 1 if there is one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    django.setup()  # migrations name the models of their app
    breaches = [breach for rule in RULES for breach in rule(ROOT)]
    sys.stdout.writelines(f"{breach}\n" for breach in breaches)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
