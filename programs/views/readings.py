"""Readings: recording one on its outcome's page, correcting one, and pasting many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core import clock, flash
from core.access import access, reader
from core.accounts.models import User
from core.refusals import is_done
from programs import access as program_access
from programs import indicators, services
from programs.access import Right
from programs.exceptions import ReadingIsFinal
from programs.forms import DatedReadingForm, PasteForm
from programs.models import Measure
from programs.queries import heads
from programs.queries import measures as queries
from programs.queries.outcomes import outcome_with_head
from programs.services import Reading
from programs.views import outcomes
from programs.views.measures import place

MOST_ROWS = 2000
COLUMNS = ("measured_on", "value", "note", "evidence_url")
# What the first cell of a line of headings says.
HEADINGS = ("measure", "code")


@access("member")
@require_POST
def record_reading(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a reading of a measure."""
    person = reader(request)
    measure = queries.measure_for(person, reference)
    form = DatedReadingForm(request.POST, prefix=f"m{measure.pk}")
    if form.is_valid() and is_done(
        form,
        lambda: services.record_measurement(measure=measure, reading=form.reading(), by=person, at=clock.now()),
    ):
        flash.add(request, _("Recorded: %(name)s.") % {"name": measure.name})
        return redirect(place(measure))
    outcome, head = outcome_with_head(person, str(measure.outcome_id), clock.now())
    return outcomes.page(request, outcome, head, reading_forms={measure.pk: form})


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def correct_reading(request: HttpRequest, reference: int) -> HttpResponse:
    """Ask what a reading should have said, and let that take its place."""
    person = reader(request)
    wrong = queries.reading_for(person, reference)
    measure = wrong.measure
    program_access.require_reader_of(program_access.membership(person, measure.program_id), measure)
    initial = vars(Reading.of(wrong)) | {"value": indicators.plain(wrong.value)}
    form = DatedReadingForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_done(
            form,
            lambda: services.correct_measurement(measurement=wrong, reading=form.reading(), by=person, at=clock.now()),
        )
    ):
        flash.add(request, _("Corrected: %(name)s.") % {"name": measure.name})
        return redirect(place(measure))
    final = ReadingIsFinal.sentence
    context = {"reading": wrong, "measure": measure, "back": place(measure), "form": form, "final": final}
    return render(request, "programs/reading_correct.html", context, status=422 if form.errors else 200)


@dataclass
class PastedRow:
    """A line that was pasted: what it says, what it means, and what is wrong with it."""

    number: int
    cells: list[str]
    measure: Measure | None = None
    reading: Reading | None = None
    problem: str = ""
    # The same value of the same day stands already: pasted again, it is left out.
    is_on_record: bool = False

    @property
    def is_ready(self) -> bool:
        """Tell whether it is a reading that would be recorded."""
        return self.reading is not None and not self.problem and not self.is_on_record


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def paste_readings(request: HttpRequest, key: str) -> HttpResponse:
    """Take many readings at once: first shown with every bad row named, then all recorded or none."""
    person, at = reader(request), clock.now()
    head = heads.head(person, key, at)
    program_access.require(head.member, Right.REQUEST)
    form = PasteForm(request.POST or None)
    rows: list[PastedRow] = []
    if request.method == "POST" and form.is_valid():
        rows = list(_rows(form.cleaned_data["rows"], person, key))
        _judge(rows, person, at)
        good = [(row.measure, row.reading) for row in rows if row.is_ready and row.measure and row.reading]
        if "record" in request.POST and good and not any(row.problem for row in rows):
            services.record_measurements(readings=good, by=person, at=at)
            said = ngettext("%(n)d reading is recorded.", "%(n)d readings are recorded.", len(good))
            flash.add(request, said % {"n": len(good)})
            return redirect("programs:outcomes", key)
    wrong, ready = [row for row in rows if row.problem], [row for row in rows if row.is_ready]
    status = 422 if form.errors or ("record" in request.POST and wrong) else 200
    context = {"head": head, "tab": "outcomes", "form": form, "rows": rows, "wrong": wrong, "ready": ready}
    return render(request, "programs/reading_paste.html", context, status=status)


def _rows(found: Mapping[int, Sequence[str]], person: User, key: str) -> Iterator[PastedRow]:
    """Yield the rows of a pasted text, by their lines, with the measure and the reading that each means."""
    measures = {one.code: one for one in queries.measures_named(person, key)}
    for count, (number, row) in enumerate(found.items(), start=1):
        cells = [cell.strip() for cell in row]
        if count == 1 and cells[0].lower() in HEADINGS:
            continue
        pasted = PastedRow(number, cells, measure=measures.get(cells[0].removeprefix(f"{key}-")))
        if count > MOST_ROWS:
            pasted.problem = _("No more than %(most)d rows at once.") % {"most": MOST_ROWS}
            yield pasted
            return
        _read(pasted)
        yield pasted


def _read(row: PastedRow) -> None:
    """Read the cells of a row, or say what is wrong with them."""
    if row.measure is None:
        row.problem = _("The program has no measure “%(code)s”.") % {"code": row.cells[0]}
    elif len(row.cells) > 1 + len(COLUMNS):
        row.problem = _("There are more cells than measure, day, value, note and link.")
    else:
        form = DatedReadingForm(dict(zip(COLUMNS, row.cells[1:], strict=False)))
        if form.is_valid():
            row.reading = form.reading()
        else:
            row.problem = _problem(form)


def _problem(form: DatedReadingForm) -> str:
    return " ".join(f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items())


def _judge(rows: list[PastedRow], person: User, at: Any) -> None:
    """Write what the services would refuse beside each row that says something."""
    sound = [row for row in rows if row.measure and row.reading]
    pairs = [(row.measure, row.reading) for row in sound if row.measure and row.reading]
    for number, words in services.problems_of(pairs, by=person, at=at).items():
        sound[number - 1].problem = words
    known = queries.readings_on_record([row.measure.pk for row in sound if row.measure])
    for row in sound:
        if row.measure and row.reading:
            said = (row.measure.pk, row.reading.measured_on, row.reading.value)
            row.is_on_record = said in known
            known.add(said)
