"""What lists are narrowed by: references by number or code, people, days, and several states at once.

Each filter describes itself for the schema, so that what the documentation says of a parameter is what is checked.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

Rows = QuerySet[Any, Any]
NUMBER = r"[0-9]{1,18}"
KEY = r"[A-Z][A-Z0-9]{1,9}"
CODE = r"[A-Za-z][A-Za-z0-9_.]{0,19}"
ADDRESS = r"[!-?A-~]{1,64}@[!-?A-~]{1,189}"
PERSON = rf"me|{NUMBER}|{ADDRESS}"


class StrictForm(forms.Form):
    """Refuses what would otherwise be passed over in silence: an empty parameter, and one given twice."""

    def clean(self) -> dict[str, Any]:
        for name in self.fields:
            given = self.data.getlist(name) if hasattr(self.data, "getlist") else []
            if len(given) > 1:
                self.add_error(name, ValidationError(_("Give this parameter once."), code="repeated"))
            elif given == [""]:
                self.add_error(name, ValidationError(_("Give this parameter a value, or leave it out."), code="blank"))
        return super().clean() or self.cleaned_data


class StrictFilterSet(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """The base of every list's filters."""

    class Meta:
        form = StrictForm


class PatternFilter(filters.CharFilter):  # type: ignore[misc]
    """A text of a known form; `narrow` turns it into a condition."""

    pattern = ""
    words: Any = ""

    def __init__(self, field_name: str, *, words: Any = None, example: str = "") -> None:
        refuse = RegexValidator(rf"^(?:{self.pattern})\Z", _("This names nothing that can be looked for."))
        super().__init__(field_name=field_name, strip=False, validators=[refuse])
        described: dict[str, Any] = {"type": "string", "pattern": f"^({self.pattern})$"}
        described["description"] = str(words or self.words)
        extend_schema_field({**described, "example": example} if example else described)(self)

    def filter(self, rows: Rows, value: str) -> Rows:
        return rows.filter(self.narrow(value)) if value else rows

    def narrow(self, value: str) -> Q:
        return Q(**{self.field_name: value})


class KeyFilter(PatternFilter):
    """What is named by its number or its key: `?program=ONE`."""

    pattern = f"{NUMBER}|{KEY}"
    words = _("Its key or number.")

    def narrow(self, value: str) -> Q:
        is_number = value.isdecimal()
        return Q(**{f"{self.field_name}_id": int(value)} if is_number else {f"{self.field_name}__key": value})


class CodeFilter(PatternFilter):
    """What is named by its number, its full code or its code alone: `?phase=417`, `ONE-PH3`, `PH3`."""

    pattern = f"{NUMBER}|({KEY}-)?{CODE}"
    words = _("Its code, alone or with the program's key, or its number.")

    def __init__(self, field_name: str, *, key_path: str = "program__key", example: str = "") -> None:
        self.key_path = key_path
        super().__init__(field_name, example=example)

    def narrow(self, value: str) -> Q:
        if value.isdecimal():
            return Q(**{f"{self.field_name}_id": int(value)})
        key, _dash, code = value.rpartition("-")
        condition = Q(**{f"{self.field_name}__code": code})
        return condition & Q(**{self.key_path: key}) if key else condition


class PersonFilter(PatternFilter):
    """A person: `me`, a number or an e-mail address."""

    pattern = PERSON
    words = _("A person: “me”, their number or their e-mail address.")

    def narrow(self, value: str) -> Q:
        if "@" in value:
            return Q(**{f"{self.field_name}__email": value.lower()})
        return Q(**{f"{self.field_name}_id": self.parent.request.user.pk if value == "me" else int(value)})


class DayField(forms.CharField):
    """A day, written 2026-12-01 and in no other way."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return dt.date.fromisoformat(value if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) else "")
        except ValueError as error:
            raise ValidationError(_("Write a day as 2026-12-01."), code="invalid") from error


class DayFilter(filters.Filter):  # type: ignore[misc]
    """A day to compare with: `lt` for before, `gt` for after; neither includes the day itself."""

    field_class = DayField

    def __init__(self, field_name: str, lookup: str, words: Any) -> None:
        super().__init__(field_name=field_name, lookup_expr=lookup)
        extend_schema_field({"type": "string", "format": "date", "description": str(words)})(self)


class OneOfField(forms.CharField):
    """Some of a known set, separated by commas."""

    def __init__(self, *, known: Sequence[str], **more: Any) -> None:
        self.known = known
        super().__init__(**more)

    def to_python(self, value: Any) -> Any:
        wanted = str(value).split(",") if value not in self.empty_values else []
        if wrong := [name for name in wanted if name not in self.known]:
            words = {"wrong": ", ".join(wrong), "known": ", ".join(self.known)}
            raise ValidationError(_("“%(wrong)s” is not among %(known)s."), code="invalid_choice", params=words)
        return wanted


class OneOfFilter(filters.BaseCSVFilter):  # type: ignore[misc]
    """Any of several values: `?state=committed,missed`."""

    def __init__(self, field_name: str, known: Sequence[str]) -> None:
        filters.Filter.__init__(self, field_name=field_name, lookup_expr="in", known=list(known))
        words = _("One, or several separated by commas.")
        extend_schema_field({"type": "string", "enum": list(known), "description": str(words)})(self)

    field_class = OneOfField
    base_field_class = OneOfField


class YesNoField(forms.CharField):
    """true or false, and nothing else."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if value not in ("true", "false"):
            raise ValidationError(_("Write true or false."), code="invalid")
        return value == "true"


class YesNoFilter(filters.Filter):  # type: ignore[misc]
    """true or false."""

    field_class = YesNoField

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name=field_name)
        extend_schema_field({"type": "boolean"})(self)


class IsFilledFilter(YesNoFilter):
    """true where the column is filled, false where it is empty."""

    def filter(self, rows: Rows, value: bool | None) -> Rows:
        return rows if value is None else rows.filter(**{f"{self.field_name}__isnull": not value})
