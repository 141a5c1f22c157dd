"""Criteria by their codes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.models import Criterion


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
