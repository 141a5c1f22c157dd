"""The marks of the lanes as SVG: hundreds stand on a page, so they are written by code, not by a template's loop."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from workstreams.indicators.lanes import Box, Mark
from workstreams.queries.dates import behind_in_words
from workstreams.queries.lane_picture import Drawing, Look, day_and_month

register = template.Library()

Row = dict[str, Any]
TICK = "M-4.5 0.5L-1.5 3.5L4.5 -3.5"
DIAMOND = "M0 -6L6 0L0 6L-6 0z"


@register.simple_tag
def milestone_marks(drawing: Drawing, lanes_url: str) -> SafeString:
    """Return the milestones: each a link that chooses it, with its name and lateness for who cannot see it."""
    words = {"done": _("Achieved"), "planned": _("Planned"), "critical": _("on the critical chain")}
    # Every text that goes into the drawing is escaped where it goes in.
    drawn = (_milestone(*each, words, escape(lanes_url)) for each in drawing.marks)
    return SafeString("\n".join(drawn))  # nosec B703


@register.simple_tag
def gate_marks(drawing: Drawing, key: str) -> SafeString:
    """Return the gates: each a link to its review."""
    # Every text that goes into the drawing is escaped where it goes in.
    drawn = (
        _gate(mark, row, reverse("workstreams:gate", args=[f"{key}-{row['code']}"])) for mark, row in drawing.gates
    )
    return SafeString("\n".join(drawn))  # nosec B703


def _milestone(mark: Mark, row: Row, look: Look, words: dict[str, str], url: str) -> str:
    code = escape(row["code"])
    relation = f" lanes__mark--{look.relation}" if look.relation else ""
    query = "" if look.relation == "chosen" else f"?selected={code}"
    skipped = "" if mark.label else ' tabindex="-1"'
    return (
        f'<a class="lanes__mark lanes__mark--{look.state}{relation}" id="mark-{code}" href="{query or "?"}#lanes"'
        f' hx-get="{url}{query}"{skipped}><title>{escape(_told(row, look, words))}</title>{_place(mark.box)}'
        f"{''.join(_shape(mark, look))}{_label(mark)}</a>"
    )


def _told(row: Row, look: Look, words: dict[str, str]) -> str:
    """Return "S4 Write-back live: moved 35 days, 18 Dec"."""
    state = behind_in_words(row) or (words["done"] if row["is_done"] else words["planned"])
    critical = f", {words['critical']}" if row["is_critical"] else ""
    return f"{row['code']} {row['name']}: {state}, {day_and_month(row['on'])}{critical}"


def _place(box: Box) -> str:
    place = f'x="{box.left}" y="{box.top}" width="{box.width}" height="{box.height}"'
    return f'<rect class="lanes__place" {place} rx="4"/>'


def _shape(mark: Mark, look: Look) -> Iterator[str]:
    if mark.baseline_x != mark.x:
        yield f'<path class="lanes__slip" d="M{mark.baseline_x} {mark.y}H{mark.x}"/>'
        yield f'<circle class="lanes__baseline" cx="{mark.baseline_x}" cy="{mark.y}" r="4.5"/>'
    if look.state == "done":
        yield f'<path class="lanes__tick" d="{TICK}" transform="translate({mark.x} {mark.y})"/>'
        return
    yield f'<circle class="lanes__point" cx="{mark.x}" cy="{mark.y}" r="5"/>'
    if look.state == "critical":
        yield f'<circle class="lanes__dot" cx="{mark.x}" cy="{mark.y}" r="1.75"/>'


def _label(mark: Mark) -> str:
    if not mark.label:
        return ""
    suffix = f' <tspan class="lanes__days">{escape(mark.suffix)}</tspan>' if mark.suffix else ""
    place = f'x="{mark.label_x}" y="{mark.y}" dy="4" text-anchor="{mark.anchor}"'
    return f'<text class="lanes__label" {place}>{escape(mark.label)}{suffix}</text>'


def _gate(mark: Mark, row: Row, page: str) -> str:
    state = "late" if row["days_late"] else row["state"]
    facts = {"code": row["code"], "phase": row["phase_name"], "state": row["state_label"]}
    told = escape(_("Gate %(code)s of %(phase)s: %(state)s") % facts)
    return (
        f'<a class="lanes__gate lanes__gate--{state}" href="{escape(page)}"><title>{told}</title>'
        f'{_place(mark.box)}<path class="lanes__diamond" d="{DIAMOND}" transform="translate({mark.x} {mark.y})"/>'
        f"{_label(mark)}</a>"
    )
