"""Every word a person reads is translatable: no bare text stands in a template."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, Token, TokenType

from tests.architecture.tree import templates

# What these hold is shown or read aloud; on a component of ours, too.
SPOKEN = {
    "alt",
    "aria-description",
    "aria-label",
    "caption",
    "heading",
    "label",
    "placeholder",
    "text",
    "title",
    "words",
}
UNREAD = {"code", "kbd", "pre", "samp", "script", "style"}
TAKEN_OUT = {"blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans", "comment": "endcomment"}
CLASS_BLOCK = re.compile(r"block \w*class\b")  # its content is a class of the style sheet
FOR_DEVELOPERS = {"core/templates/core/styleguide.html"}
WORD = re.compile(r"[^\W\d_]{2,}")
ENTITY = re.compile(r"&\w+;")


class _Reader(HTMLParser):
    """Collects what a browser would show of a template whose tags are gone."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in UNREAD
        self._take_attributes(attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._take_attributes(attrs)

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._take(data)

    def _take_attributes(self, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in SPOKEN:
                self._take(value or "")

    def _take(self, text: str) -> None:
        if WORD.search(ENTITY.sub("", text)):
            self.found.append((self.getpos()[0], " ".join(text.split())))


def _text(tokens: list[Token]) -> str:
    """Return a template's own text: its tags, translated blocks and comments leave only their line breaks."""
    kept, end = [], ""
    for token in tokens:
        name = token.contents.split(" ")[0] if token.token_type == TokenType.BLOCK else ""
        if not end and name:
            end = "endblock" if CLASS_BLOCK.match(token.contents) else TAKEN_OUT.get(name, "")
        is_kept = token.token_type == TokenType.TEXT and not end
        kept.append(token.contents if is_kept else "\n" * token.contents.count("\n"))
        if name and name == end:
            end = ""
    return "".join(kept)


def bare_words(root: Path) -> Iterator[str]:
    """Yield the words of templates that stand outside every translate tag."""
    for place, source in templates(root):
        if not place.endswith((".html", ".txt")) or place in FOR_DEVELOPERS:
            continue
        reader = _Reader()
        reader.feed(_text(Lexer(source).tokenize()))
        reader.close()
        yield from (f"{place}:{line}: not translatable: {words}" for line, words in reader.found)
