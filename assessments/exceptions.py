"""What an assessment refuses, by name."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from core.documents.problems import Problem
from core.exceptions import Refusal, RuleBroken


class TemplateRefused(RuleBroken):
    """A template's text has faults and nothing of it was kept; `problems` lists them all, by line."""

    code = "template_refused"
    sentence = _("Nothing was kept: the template has %(count)s faults.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        fields: dict[str, list[str]] = {}
        for problem in problems:
            fields.setdefault(problem.path or "document", []).append(str(problem))
        super().__init__(fields=fields, count=len(self.problems))


class NoSuchTemplate(RuleBroken):
    """A request names a template that is not there."""

    code = "no_such_template"
    sentence = _("There is no template of this name.")


class TemplateVersionTaken(RuleBroken):
    """A version is kept once, and never changes."""

    code = "template_version_taken"
    sentence = _("“%(slug)s” has a version %(number)s already. A version never changes: give the next number.")


class TemplateNotYours(RuleBroken):
    """The product's own templates are copied under another short name."""

    code = "template_not_yours"
    sentence = _("“%(slug)s” comes with the product. Copy it under a short name of your own.")


class TemplateInUse(Refusal):
    """A version that an assessment was made with stays."""

    code = "template_in_use"
    sentence = _("Assessments were made with this version, so it stays.")
