"""Rules between rows: codes once, references known, no cycles, both disciplines; and what keeps a program a draft."""

from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from backend.programfile.format.document import Document, Row
from backend.programfile.format.kinds import OUTSIDE
from backend.programfile.format.rules import check_rows
from backend.programfile.format.shapes import Type
from core.documents.problems import Problems
from core.fields import FIRST_DAY, LAST_DAY
from programs.choices import PhaseStatus, ProgramStatus
from workstreams.choices import ActionState, Discipline, GateState, MilestoneState, RaidKind
from workstreams.exceptions import PushedTooFar
from workstreams.indicators import Calendar, Link, Node, expected_dates

_MOST_CYCLES = 20
_CLAIMS = {
    "external_id": _lazy("%(code)s has this external id already"),
    "renewal_of": _lazy("%(code)s renews the same promise already"),
    "gate_condition": _lazy("%(code)s answers the same condition already"),
}


def check(document: Document, existing: Document | None, problems: Problems) -> None:
    """Note everything that is wrong with a file's rows, beside what is in the product already."""
    known = _known(document, existing)
    check_rows(document, problems)
    _check_once(document, problems)
    _check_references(document, known, problems)
    _check_cycles(document, existing, problems)
    _check_pushes(document, existing, problems)
    _check_baselines(document, problems)
    _check_disciplines(document, existing, problems)
    _check_gates(document, existing, problems)
    _check_corrections(document, problems)
    _check_claims(document, existing, problems)
    for entry in document.of("raid"):
        _check_origin(entry, document, existing, problems)


def _check_once(document: Document, problems: Problems) -> None:
    """Note a code, an address or a date that stands there twice."""
    for rows in document.rows.values():
        seen: dict[tuple[Any, ...], Row] = {}
        for row in rows:
            identity = row.identity()
            if row.shape.is_history or not identity or None in identity or not row.wrong.isdisjoint(row.shape.identity):
                continue
            first = seen.setdefault(identity, row)
            if first is not row:
                column = next(each for each in row.shape.identity if each in row.shape.by_column)
                words = _("“%(value)s” stands there twice; first on line %(line)s")
                found = {"value": row.values[column], "line": first.line_of(column)}
                problems.add(row.path_of(column), row.line_of(column), words % found)


def _known(document: Document, existing: Document | None) -> Callable[[str], set[str]]:
    """Return what codes or addresses of a kind are known, by the file or the product."""
    found: dict[str, set[str]] = {}

    def of(kind: str) -> set[str]:
        if kind not in found:
            column = "email" if kind == "person" else "code"
            rows = [*document.of(kind), *(existing.of(kind) if existing else ())]
            found[kind] = {row.values[column] for row in rows if row.values.get(column)}
        return found[kind]

    return of


def _check_references(document: Document, known: Callable[[str], set[str]], problems: Problems) -> None:
    for row in document.every():
        if row.kind == "person":
            continue
        for field in row.shape.fields:
            value = row.values.get(field.column)
            if not field.key or value is None or field.column in row.wrong:
                continue
            if field.type is Type.PERSON and value not in known("person"):
                words = _("nobody among the people has the address “%(value)s”")
            elif field.type is Type.REFERENCE and field.refers_to in OUTSIDE:
                continue
            elif field.type is Type.REFERENCE and value not in known(field.refers_to):
                words = _("there is no %(kind)s “%(value)s”")
            else:
                continue
            place = {"value": value, "kind": field.refers_to}
            problems.add(row.path_of(field.column), row.line_of(field.column), words % place)
            row.wrong.add(field.column)


def cycles(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """Yield the cycles of a graph of predecessors, taking one edge out of each that is found."""
    for _round in range(_MOST_CYCLES):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1]
            yield cycle
            graph[cycle[1]].discard(cycle[0])
        else:
            return


def _check_cycles(document: Document, existing: Document | None, problems: Problems) -> None:
    rows = document.of("dependency")
    _find_cycles(rows, "successor", "predecessor", existing.of("dependency") if existing else [], problems)
    _find_cycles(document.of("action"), "renewed_as", "code", [], problems)
    _find_cycles(document.of("raid"), "code", "came_from", [], problems)


def _check_baselines(document: Document, problems: Problems) -> None:
    """Note a baseline that its own re-baselines contradict: each begins where the one before ended, at last with it."""
    milestones = document.by_code("milestone")
    for code, moves in document.under("rebaselining").items():
        milestone = milestones.get(code)
        if milestone is None or any(not row.wrong.isdisjoint(("old_on", "new_on", "decided_on")) for row in moves):
            continue
        ordered = sorted(moves, key=lambda row: row.values["decided_on"])
        for before, after in pairwise(ordered):
            if before.values["new_on"] != after.values["old_on"]:
                words = _("the decision before it moved the baseline to %(day)s")
                said = {"day": before.values["new_on"].isoformat()}
                problems.add(after.path_of("old_on"), after.line_of("old_on"), words % said)
        last = ordered[-1].values["new_on"]
        if "baseline_on" not in milestone.wrong and milestone.values["baseline_on"] != last:
            words = _("the last decision under “rebaselined” moved it to %(day)s")
            place = milestone.path_of("baseline_on"), milestone.line_of("baseline_on")
            problems.add(*place, words % {"day": last.isoformat()})


def _check_pushes(document: Document, existing: Document | None, problems: Problems) -> None:
    """Note where what milestones wait for pushes one beyond the last day; rings and unknown codes are noted before."""
    if problems:
        return
    rows = {row.values["code"]: row for one in (existing, document) if one for row in one.of("milestone")}
    numbers = {code: number for number, code in enumerate(rows)}
    nodes = [
        Node(
            id=numbers[code],
            said_on=row.values["due_on"],
            actual_on=row.values["actual_on"],
            is_cancelled=row.values["state"] == MilestoneState.CANCELLED,
        )
        for code, row in rows.items()
    ]
    waits = {row.key: row for one in (existing, document) if one for row in one.of("dependency")}
    links = [
        Link(numbers[row.values["predecessor"]], numbers[row.values["successor"]], row.values["lag_days"])
        for row in waits.values()
    ]
    try:
        expected = expected_dates(nodes, links, calendar=Calendar(), today=FIRST_DAY)
        is_too_far = any(each.on > LAST_DAY for each in expected.values())
    except OverflowError:
        is_too_far = True
    if is_too_far:
        row = max(document.of("dependency"), key=lambda each: each.values["lag_days"], default=document.program)
        problems.add(row.path, row.line, str(PushedTooFar.sentence))


def _find_cycles(rows: list[Row], later: str, earlier: str, more: list[Row], problems: Problems) -> None:
    """Note each cycle on the line of a row that closes it."""
    graph: dict[str, set[str]] = {}
    edges: dict[tuple[str, str], Row] = {}
    for row in [*rows, *more]:
        after, before = row.values.get(later), row.values.get(earlier)
        if after and before and (after != before or row.kind != "dependency"):
            graph.setdefault(after, set()).add(before)
            edges.setdefault((before, after), row)
    for cycle in cycles(graph):
        pairs = list(pairwise(cycle))
        closing = max((edges[pair] for pair in pairs), key=lambda row: row.line)
        column = earlier if closing.kind != "action" else later
        words = _("these wait for each other in a circle: %(cycle)s") % {"cycle": " → ".join(cycle)}
        problems.add(closing.path_of(column), closing.line_of(column), words)


def _disciplines(document: Document, existing: Document | None) -> set[str]:
    rows = {**(existing.by_code("workstream") if existing else {}), **document.by_code("workstream")}
    return {row.values["discipline"] for row in rows.values()}


def _check_disciplines(document: Document, existing: Document | None, problems: Problems) -> None:
    """Note a missing discipline; a draft may still be without, and says so among its gaps."""
    if document.program.values["status"] == ProgramStatus.DRAFT:
        return
    rows = document.of("workstream")
    if any("discipline" in row.wrong for row in rows):
        return
    for discipline in Discipline:
        if discipline.value not in _disciplines(document, existing):
            line = rows[0].line if rows else document.program.line
            words = _("a program has a workstream of each discipline; there is none of “%(discipline)s”")
            problems.add("workstreams", line, words % {"discipline": discipline.value})


def _check_gates(document: Document, existing: Document | None, problems: Problems) -> None:
    """Note a phase with two gates that are still open."""
    rows = {**(existing.by_code("gate") if existing else {}), **document.by_code("gate")}
    still_open: dict[str, Row] = {}
    for row in rows.values():
        if row.values["state"] == GateState.DECIDED:
            continue
        first = still_open.setdefault(row.values["phase"], row)
        if first is not row:
            words = _("the phase has another gate that is not decided: %(code)s") % {"code": first.name}
            problems.add(row.path_of("code"), row.line_of("code"), words)
    _check_checklists(document, {row.values["code"]: row for row in rows.values()}, problems)


def _check_checklists(document: Document, gates: dict[str, Row], problems: Problems) -> None:
    """Note a checklist of a gate that is not decided, and one that says something twice."""
    for code, lines in document.under("check").items():
        gate, seen = gates.get(str(code)), set()
        for line in lines:
            if gate is not None and gate.values["state"] != GateState.DECIDED:
                problems.add(line.path, line.line, _("a checklist is kept when its gate is decided"))
            if line.values["check_of"] in seen:
                words = _("“%(check)s” stands there twice") % {"check": line.values["check_of"]}
                problems.add(line.path_of("check_of"), line.line_of("check_of"), words)
            seen.add(line.values["check_of"])


def _check_corrections(document: Document, problems: Problems) -> None:
    """Note a correction of a reading that is not in its list, that corrects itself, or that comes second."""
    for readings in document.under("reading").values():
        graph: dict[str, set[str]] = {}
        taken: set[int] = set()
        for number, row in enumerate(readings, start=1):
            other = row.values["supersedes"]
            if other is None:
                continue
            graph[str(number)] = {str(other)}
            if other > len(readings) or other in taken:
                words = _("reading %(number)s of this list cannot be corrected here: it is not there, or is already")
                problems.add(row.path_of("supersedes"), row.line_of("supersedes"), words % {"number": other})
            taken.add(other)
        for cycle in cycles(graph):
            row = readings[min(int(cycle[0]), len(readings)) - 1]
            words = _("these readings correct each other in a circle: %(cycle)s") % {"cycle": " → ".join(cycle)}
            problems.add(row.path_of("supersedes"), row.line_of("supersedes"), words)


def _check_claims(document: Document, existing: Document | None, problems: Problems) -> None:
    """Note what two action items claim and only one may have: an external id, a condition, what is renewed."""
    codes = document.by_code("action")
    others = [row for row in (existing.of("action") if existing else ()) if row.values["code"] not in codes]
    for column, words in _CLAIMS.items():
        seen: dict[Any, Row] = {}
        for row in [*others, *document.of("action")]:
            claim = (
                (row.values["external_source"], row.values[column]) if column == "external_id" else row.values[column]
            )
            if row.values[column] and seen.setdefault(claim, row) is not row:
                problems.add(row.path_of(column), row.line_of(column), str(words) % {"code": seen[claim].name})


def _check_origin(entry: Row, document: Document, existing: Document | None, problems: Problems) -> None:
    """Note an entry that came from something that was no risk, or from a risk that became another entry."""
    code = entry.values["came_from"]
    if code is None:
        return
    origin = document.by_code("raid").get(code) or (existing.by_code("raid").get(code) if existing else None)
    others = [row for row in document.of("raid") if row.values["came_from"] == code]
    if origin is not None and origin.values["kind"] != RaidKind.RISK:
        problems.add(entry.path_of("came_from"), entry.line_of("came_from"), _("%(code)s is no risk") % {"code": code})
    elif others[0] is not entry:
        words = _("%(code)s became %(other)s already") % {"code": code, "other": others[0].name}
        problems.add(entry.path_of("came_from"), entry.line_of("came_from"), words)


def gaps(document: Document, existing: Document | None) -> list[str]:
    """Return what keeps a program from being active, in words."""
    values = document.program.values
    found = []
    if values["sponsor"] is None:
        found.append(_("it has no sponsor"))
    if values["manager"] is None:
        found.append(_("it has no manager"))
    if not values["case_for_change"].strip():
        found.append(_("it has no case for change"))
    if not (document.of("phase") or (existing and existing.of("phase"))):
        found.append(_("it has no phase"))
    for discipline in Discipline:
        if discipline.value not in _disciplines(document, existing):
            found.append(_("it has no workstream of the discipline “%(name)s”") % {"name": discipline.value})
    return found


def remarks(document: Document) -> list[str]:
    """Return what the product would have refused in the making: history, told and loaded as it is."""
    found = []
    for condition in document.of("condition"):
        if condition.values["action"] is None:
            words = _("%(path)s: no action item answers this condition of gate %(gate)s")
            found.append(words % {"path": condition.path, "gate": condition.values["gate_review"]})
    measured = {row.values["outcome"] for row in document.of("measure")}
    aimed = {row.values["phase"] for row in document.of("outcome") if row.values["code"] in measured}
    for phase in document.of("phase"):
        if phase.values["status"] in (PhaseStatus.ACTIVE, PhaseStatus.IN_REVIEW) and phase.values["code"] not in aimed:
            found.append(_("%(path)s: the phase runs without a measured outcome") % {"path": phase.path})
    for action in document.of("action"):
        if action.values["renewed_as"] and action.values["state"] != ActionState.MISSED:
            found.append(_("%(path)s: it is renewed without having been missed") % {"path": action.path})
    return found
