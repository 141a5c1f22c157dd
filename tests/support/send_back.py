"""Sending an edit form back as it was opened: no row changes, and between its openings every field of it was set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.forms import BaseForm, Textarea
from django.urls import reverse

from core.accounts.models import User
from tests.support import forms, pages

# What nobody can see set: what a browser sends along, and what is told of a change alone.
UNSEEN = {"version", "reason", "with_milestones"}
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Opening:
    """A form opened by somebody: what its address is called with."""

    by: User
    arguments: tuple[Any, ...] = ()


def rows() -> Rows:
    """Return every row of the product, without what every save may touch."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in ("sessions", "contenttypes", "auth"):
            names = [field.attname for field in model._meta.concrete_fields]
            kept = [name for name in names if name not in ("version", "updated_at")]
            found[model._meta.label] = list(model._default_manager.order_by("pk").values(*kept))
    return found


def changed(before: Rows) -> Rows:
    """Return what is no longer as it was, by table: rows as they are now, or as they were where they are gone."""
    after = rows()
    tables = {label: (before[label], after[label]) for label in after if before[label] != after[label]}
    return {
        label: [row for row in new if row not in old] or [row for row in old if row not in new]
        for label, (old, new) in tables.items()
    }


def check(view: str, openings: Sequence[Opening]) -> None:
    """Send a form back from each of its openings; fail by name where rows change, or a field is set in none."""
    shown = [_sent_back(view, opening) for opening in openings]
    is_set = {name: any(each.get(name) for each in shown) for names in shown for name in names}
    unset = sorted(name for name, was_set in is_set.items() if not was_set)
    assert not unset, f"{view}: {unset} is empty, of one line, or as the form begins without a row, in every opening"


def _sent_back(view: str, opening: Opening) -> Mapping[str, bool]:
    """Send a form back; return whether each of its fields was set."""
    client = pages.signed_in(opening.by)
    address = reverse(view, args=opening.arguments)
    form = form_of(client.get(address, follow=True))
    values = forms.shown(client, address, form.fields)
    before = rows()
    answer = client.post(address, values)
    assert answer.status_code == 302, pages.text(answer)
    found = changed(before)
    assert not found, f"{view} {opening.arguments} changed {found}"
    return {name: _is_set(form, name) for name in form.fields if name not in UNSEEN}


def form_of(answer: Any) -> BaseForm:
    """Return the form of a page, or of the row that is opened on it."""
    opened = answer.context.get("edited")
    form: BaseForm = opened.form if opened is not None else answer.context["form"]
    return form


def _is_set(form: BaseForm, name: str) -> bool:
    value = form[name].value()
    if isinstance(value, QuerySet):
        value = list(value)
    if isinstance(form.fields[name].widget, Textarea):
        return "\n" in str(value).strip()
    return value not in (None, "", False, [], {}) and str(value) != str(form.fields[name].initial)
