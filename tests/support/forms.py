"""The form of a page as a browser would send it back: every control with the value that it came with."""

import re
from collections.abc import Collection
from html.parser import HTMLParser
from typing import Any

from django.test import Client

Values = dict[str, list[str]]
LINE_END = re.compile(r"\r\n|\r|\n")


class _Forms(HTMLParser):
    """Collects the forms of a page that are sent by POST, each with its values by name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Values] = []
        self._form: Values | None = None
        self._select: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name"), said.get("value") or ""
        if tag == "form":
            self._form = {} if (said.get("method") or "").lower() == "post" else None
        elif self._form is None:
            return
        elif tag == "option":
            self._option(value, is_selected="selected" in said)
        elif name and "disabled" not in said:
            self._control(tag, name, value, said)

    def _option(self, value: str, *, is_selected: bool) -> None:
        """Take an option that is selected; a browser sends the first where none is."""
        if self._select and self._form is not None and (is_selected or self._select not in self._form):
            self._form[self._select] = [value]

    def _control(self, tag: str, name: str, value: str, said: dict[str, str | None]) -> None:
        assert self._form is not None
        kind = said.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            self._form[name] = [""]
        elif tag == "input" and kind in ("checkbox", "radio"):
            if "checked" in said:
                self._form.setdefault(name, []).append(value or "on")
        elif tag == "input":
            self._form[name] = [value]

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea" and self._area and self._form is not None:
            # A browser leaves out the line feed that the page begins with, and ends every line as HTTP does.
            text = self._form[self._area][0].removeprefix("\r\n").removeprefix("\n")
            self._form[self._area][0] = LINE_END.sub("\r\n", text)
            self._area = None
        elif tag == "form" and self._form is not None:
            self.found.append(self._form)
            self._form = None


def shown(client: Client, address: str, names: Collection[str] = ()) -> Values:
    """Return the values of the form of a page that has the most of some controls, the largest where several do."""
    answer: Any = client.get(address, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    page = _Forms()
    page.feed(answer.content.decode())
    return max(page.found, key=lambda each: (len(each.keys() & set(names)), len(each)))
