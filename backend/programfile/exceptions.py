"""How a program file is refused."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from core.documents.problems import Problem
from core.exceptions import InvalidInput


class FileRefused(InvalidInput):
    """The file has faults and nothing of it was loaded; `problems` lists them all, by line."""

    code = "file_refused"
    sentence = _("Nothing was loaded: the file has %(count)s faults.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        fields: dict[str, list[str]] = {}
        for problem in problems:
            fields.setdefault(problem.path or "file", []).append(str(problem))
        super().__init__(fields=fields, count=len(self.problems))
