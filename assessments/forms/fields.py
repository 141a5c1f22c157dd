"""What the forms of findings and debriefs share: days, texts, choices among some rows, criteria by their codes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.models import Criterion


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LongText(forms.Textarea):
    """A few lines of text."""

    def __init__(self, rows: int = 3) -> None:
        super().__init__(attrs={"rows": rows})


class CriteriaField(forms.CharField):
    """Criteria by their codes, as in "E2, S1"; set `criteria` to the rows it chooses among."""

    criteria: QuerySet[Criterion] | None = None

    def clean(self, value: Any) -> Any:
        """Return the criteria that the codes name, in the order they are given."""
        codes = list(dict.fromkeys(super().clean(value).replace(",", " ").split()))
        rows = Criterion.objects.none() if self.criteria is None else self.criteria
        found = {row.code: row for row in rows.filter(code__in=codes)}
        if unknown := [code for code in codes if code not in found]:
            raise forms.ValidationError(_("There is no criterion %(codes)s.") % {"codes": ", ".join(unknown)})
        return [found[code] for code in codes]


def choose(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of a form choose among some rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
