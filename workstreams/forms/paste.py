"""Rows that somebody pasted or handed in as a file: their cells by column, and what each has to look like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.forms import DayField, LongText, pasted_rows
from core.models import LONGEST_DETAIL
from programs.choices import Role
from programs.models import Program
from programs.services import Invitation
from workstreams.forms.plan import WaitsForField
from workstreams.services import ActionRequest, MilestoneDetails, PhaseDetails
from workstreams.services.pasted_rows import Item, PastedMilestone

MOST_ROWS = 500
MOST_BYTES = 500_000
DAYS = ["%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d.%m.%Y"]
YES = frozenset({"yes", "y", "true", "1", "x"})


class Known:
    """What the cells of a program's rows may name, by code, name or address in small letters."""

    def __init__(self, program: Program) -> None:
        self.workstream = _by_names(program.workstreams.all(), "code", "name")
        self.phase = _by_names(program.phases.all(), "code", "name")
        self.milestone = _by_names(program.milestones.all(), "code", "name")
        self.outcome = _by_names(program.outcomes.all(), "code")
        self.person = _by_names(User.objects.filter(memberships__program=program), "email", "name")


def _by_names(rows: Any, *names: str) -> dict[str, Any]:
    """Return rows by each of their names; a name that two rows have names neither."""
    found: dict[str, Any] = {}
    for row in rows:
        for key in {str(getattr(row, name)).strip().lower() for name in names} - {""}:
            found[key] = None if key in found else row
    return found


class NamedField(forms.CharField):
    """A cell that names something of the program; `kind` says what, in Known."""

    default_error_messages = {
        "unknown": gettext_lazy("Nothing in this program is called “%(value)s”."),
        "ambiguous": gettext_lazy("More than one thing here is called “%(value)s”: give its code or address."),
    }

    def __init__(self, kind: str, **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind
        self.table: Mapping[str, Any] = {}

    def clean(self, value: Any) -> Any:
        """Return the thing named, None for an empty cell."""
        text = super().clean(value)
        if not text:
            return None
        name = text.strip().lower()
        found = self.table.get(name)
        if found is None:
            code = "ambiguous" if name in self.table else "unknown"
            raise forms.ValidationError(self.error_messages[code], code=code, params={"value": text})
        return found


class YesField(forms.CharField):
    """A cell that says yes, or anything else for no."""

    def clean(self, value: Any) -> bool:
        """Tell whether it says yes."""
        return str(super().clean(value)).strip().lower() in YES


def _day(label: Any, **options: Any) -> DayField:
    return DayField(label=label, widget=forms.DateInput, input_formats=DAYS, **options)


class Cells(forms.Form):
    """One pasted row. The order of the fields is the order of the columns where no header names them."""

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, NamedField):
                field.table = getattr(known, field.kind)

    def item(self) -> Item:
        """Return what the row tells of."""
        raise TypeError(f"{type(self).__name__} makes nothing")

    def problem(self) -> str:
        """Return what is wrong with the row, in a line; nothing where it is well."""
        said = [
            f"{self.fields[name].label}: {errors[0]}" for name, errors in self.errors.items() if name in self.fields
        ]
        return " ".join(said)


class PhaseCells(Cells):
    """A phase: name, start, end, owner."""

    name = forms.CharField(label=gettext_lazy("Phase"), max_length=200)
    start = _day(gettext_lazy("Start"), required=False)
    end = _day(gettext_lazy("End"), required=False)
    owner = NamedField("person", label=gettext_lazy("Owner"), required=False)

    def item(self) -> Item:
        """Return the phase."""
        said = self.cleaned_data
        return PhaseDetails(
            name=said["name"], owner=said["owner"], baseline_start_on=said["start"], baseline_end_on=said["end"]
        )


class MilestoneCells(Cells):
    """A milestone: name, workstream, phase, baseline, owner, whether it goes live, what it waits for, its code."""

    name = forms.CharField(label=gettext_lazy("Milestone"), max_length=300)
    workstream = NamedField("workstream", label=gettext_lazy("Workstream"))
    phase = NamedField("phase", label=gettext_lazy("Phase"))
    baseline = _day(gettext_lazy("Baseline"))
    owner = NamedField("person", label=gettext_lazy("Owner"), required=False)
    goes_live = YesField(label=gettext_lazy("Goes live"), required=False)
    waits_for = WaitsForField(label=gettext_lazy("Waits for"), required=False, max_length=500)
    code = forms.CharField(label=gettext_lazy("Code"), required=False, max_length=20)

    def item(self) -> Item:
        """Return the milestone with what it waits for."""
        said = dict(self.cleaned_data)
        waits_for = said.pop("waits_for")
        return PastedMilestone(details=MilestoneDetails(baseline_on=said.pop("baseline"), **said), waits_for=waits_for)


class ActionCells(Cells):
    """An action item: what is asked of whom by when, where it stands, and what it serves."""

    title = forms.CharField(label=gettext_lazy("What is asked"), max_length=300)
    performer = NamedField("person", label=gettext_lazy("Of whom"))
    requested_for = _day(gettext_lazy("By when"))
    workstream = NamedField("workstream", label=gettext_lazy("Workstream"))
    phase = NamedField("phase", label=gettext_lazy("Phase"))
    milestone = NamedField("milestone", label=gettext_lazy("Milestone"), required=False)
    outcome = NamedField("outcome", label=gettext_lazy("Outcome"), required=False)
    detail = forms.CharField(label=gettext_lazy("Detail"), required=False, max_length=LONGEST_DETAIL)

    def item(self) -> Item:
        """Return the request."""
        return ActionRequest(**self.cleaned_data)


class PersonCells(Cells):
    """Somebody who is invited: address, name, role, title."""

    email = forms.EmailField(label=gettext_lazy("Address"), max_length=254)
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=200)
    role = forms.CharField(label=gettext_lazy("Role"), required=False, max_length=20)
    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=200)

    def clean_role(self) -> Role:
        """Return the role by its word or its label; who has none is a member."""
        text = self.cleaned_data["role"].strip().lower()
        roles: dict[str, Role] = {str(name).lower(): role for role in Role for name in (role.value, role.label)}
        if text and text not in roles:
            raise forms.ValidationError(
                _("“%(value)s” is no role. There are: %(roles)s."),
                params={"value": text, "roles": ", ".join(Role.values)},
            )
        return roles.get(text, Role.MEMBER)

    def item(self) -> Item:
        """Return the invitation."""
        return Invitation(**self.cleaned_data)


@dataclass(frozen=True)
class Kind:
    """A kind of rows: what it is called, and what a row of it looks like."""

    label: Any
    cells: type[Cells]
    example: str

    @property
    def columns(self) -> list[tuple[str, Any]]:
        """The columns in their order, with their labels."""
        return [(name, field.label) for name, field in self.cells.base_fields.items()]


KINDS: Mapping[str, Kind] = {
    "phases": Kind(gettext_lazy("Phases"), PhaseCells, "Pilot, 2026-09-01, 2026-12-18, ben@example.org"),
    "milestones": Kind(
        gettext_lazy("Milestones"),
        MilestoneCells,
        "Pilot branches live, W1, PH3, 2026-10-05, ben@example.org, yes, S1 +5",
    ),
    "people": Kind(gettext_lazy("People"), PersonCells, "ben@example.org, Ben Okoro, lead, Change lead"),
    "actions": Kind(
        gettext_lazy("Action items"), ActionCells, "Brief the branches, ben@example.org, 2026-09-25, W2, PH3, C4"
    ),
}


class PasteForm(forms.Form):
    """Rows as text or as a file, and of which kind they are."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What the rows are"), choices=[(name, kind.label) for name, kind in KINDS.items()]
    )
    text = forms.CharField(
        label=gettext_lazy("Rows"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=LongText(10, attrs={"spellcheck": "false"}),
        help_text=gettext_lazy("From a spreadsheet, or separated by commas. The first row may name the columns."),
    )
    file = forms.FileField(label=gettext_lazy("or a CSV file"), required=False)

    def clean(self) -> dict[str, Any]:
        """Take the text out of the file, and the rows out of the text."""
        cleaned = super().clean() or {}
        text = cleaned.get("text") or ""
        if file := cleaned.get("file"):
            if file.size > MOST_BYTES:
                self.add_error("file", _("The file is larger than %(most)d kB.") % {"most": MOST_BYTES // 1000})
                return cleaned
            try:
                text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is not UTF-8 text. Save it as CSV, UTF-8."))
                return cleaned
        cleaned["text"] = text
        if "kind" in cleaned and not self.errors:
            cleaned["rows"] = self._rows(text, KINDS[cleaned["kind"]])
        return cleaned

    def _rows(self, text: str, kind: Kind) -> dict[int, dict[str, str]]:
        """Return the cells of each row by column, by line."""
        try:
            found = pasted_rows(text)
        except forms.ValidationError as error:
            self.add_error("text", error)
            return {}
        if found and (names := _header(next(iter(found.values())), kind)):
            del found[next(iter(found))]
        else:
            names = [name for name, _label in kind.columns]
        if not found:
            self.add_error("text", _("There are no rows in it."))
        if len(found) > MOST_ROWS:
            self.add_error("text", _("These are more than %(most)d rows. Hand them in by parts.") % {"most": MOST_ROWS})
            return {}
        return {line: _cells(names, row) for line, row in found.items()}


def _header(row: Sequence[str], kind: Kind) -> list[str] | None:
    """Return the columns that a first row names, None where it is a row like the others."""
    known = {
        str(words).strip().lower().replace("_", " "): name for name, label in kind.columns for words in (name, label)
    }
    names = [known.get(cell.strip().lower().replace("_", " "), "") for cell in row]
    return names if sum(map(bool, names)) * 2 > len(names) else None


def _cells(names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}


@dataclass
class Line:
    """One row as it was read: its line, its cells, what is wrong with it, and what it tells of."""

    number: int
    cells: list[str]
    problem: str
    item: Item | None


def read_lines(program: Program, kind: Kind, rows: Mapping[int, dict[str, str]]) -> list[Line]:
    """Return rows as they read in a program."""
    known = Known(program)
    found = []
    for number, cells in rows.items():
        form = kind.cells(cells, known=known)
        is_right = form.is_valid()
        shown = [cells.get(name, "") for name, _label in kind.columns]
        found.append(Line(number, shown, form.problem(), form.item() if is_right else None))
    return found
