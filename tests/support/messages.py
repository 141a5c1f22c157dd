"""Message catalogues without gettext's programs: what the source says is extracted, each .po file must answer it.

`python -m tests.support.messages` checks; with `--update` it brings every .po file up to date and compiles it;
with `--add zh_Hans` it begins one.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from tests.architecture.tree import ROOT, sources, templates

# One catalogue for the whole product, on the ground floor, where Django finds it.
LOCALE = ROOT / "core/locale"
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def _from_text(catalog: Catalog, place: str, python: str) -> None:
    """Add the messages of one file, as Python."""
    found = extract("python", io.BytesIO(python.encode()), KEYWORDS, ["Translators:"])
    for line, words, comments, context in found:
        catalog.add(words, locations=[(place, line)], auto_comments=comments, context=context)


def _unindented(python: str) -> str:
    # A template is indented as its tags nest, which Python would read as blocks.
    return "\n".join(line.lstrip() for line in python.splitlines())


def said_by_the_product(root: Path = ROOT) -> Catalog:
    """Return every message that the product's source can say."""
    catalog = Catalog(project="crm-program-tracker", charset="utf-8")
    for source in sources(root):
        _from_text(catalog, source.place, source.text)
    for place, text in templates(root):
        _from_text(catalog, place, _unindented(templatize(text)))
    return catalog


def _catalogues() -> Iterator[Path]:
    yield from sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def _faults(said: Catalog, answer: Catalog) -> Iterator[str]:
    """Yield what is missing from, or wrong in, one translation."""
    for message in filter(lambda each: each.id, said):
        translated: Message | None = answer.get(message.id, message.context)
        words = translated.string if translated else ""
        if not all(words) if isinstance(words, list | tuple) else not words:
            yield f"not translated: {message.id!r}"
        elif translated and translated.fuzzy:
            yield f"not looked at again: {message.id!r}"
        elif translated:
            yield from (f"{message.id!r}: {error}" for error in translated.check(answer))


def check() -> list[str]:
    """Return every fault of every catalogue."""
    said = said_by_the_product()
    return [f"{path.relative_to(ROOT)}: {fault}" for path in _catalogues() for fault in _faults(said, _read(path))]


def _write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as po, path.with_suffix(".mo").open("wb") as mo:
        write_po(po, catalog, width=120, include_lineno=False, ignore_obsolete=True)
        write_mo(mo, catalog)


def update(languages: list[str]) -> None:
    """Bring every catalogue, and those to be begun, up to date with the source."""
    said = said_by_the_product()
    for language in languages:
        _write(LOCALE / language / "LC_MESSAGES/django.po", Catalog(locale=language, project=said.project))
    for path in _catalogues():
        catalog = _read(path)
        catalog.update(said, no_fuzzy_matching=True)
        _write(path, catalog)


def main() -> int:
    """Do what was typed; return 1 if a catalogue has a fault."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--add", action="append", default=[], metavar="LANGUAGE")
    arguments = parser.parse_args()
    settings.configure()  # enough to take templates apart
    if arguments.update or arguments.add:
        update(arguments.add)
    faults = check()
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
