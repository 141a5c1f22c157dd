"""What lists of programs and what stands in them are narrowed by."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.api.filters import (
    CodeFilter,
    DayFilter,
    IsFilledFilter,
    KeyFilter,
    OneOfFilter,
    PersonFilter,
    Rows,
    StrictFilterSet,
)
from programs import queries
from programs.choices import (
    Cadence,
    MeasureKind,
    OutcomeArea,
    OutcomeStatus,
    ProgramStatus,
    Role,
)


class ProgramFilter(StrictFilterSet):
    status = OneOfFilter("status", ProgramStatus.values)
    role = OneOfFilter("role", Role.values)


class OutcomeFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    phase = CodeFilter("phase", example="ONE-PH3")
    status = OneOfFilter("status", OutcomeStatus.values)
    area = OneOfFilter("area", OutcomeArea.values)
    owner = PersonFilter("owner")


class MeasureFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    phase = CodeFilter("outcome__phase", example="ONE-PH3")
    outcome = CodeFilter("outcome", example="ONE-O1")
    kind = OneOfFilter("kind", MeasureKind.values)
    cadence = OneOfFilter("cadence", Cadence.values)
    owner = PersonFilter("owner")


class MeasurementFilter(StrictFilterSet):
    program = KeyFilter("measure__program", example="ONE")
    measure = CodeFilter("measure", key_path="measure__program__key", example="ONE-M2")
    outcome = CodeFilter("measure__outcome", key_path="measure__program__key", example="ONE-O1")
    recorded_by = PersonFilter("recorded_by")
    is_superseded = IsFilledFilter("superseded_by")
    measured_after = DayFilter("measured_on", "gt", _("Measured later than this day."))
    measured_before = DayFilter("measured_on", "lt", _("Measured earlier than this day."))


class SharedProgramFilter(KeyFilter):
    """People of one of the reader's programs; another program's people are none of theirs."""

    def filter(self, rows: Rows, value: str) -> Rows:
        if not value:
            return rows
        named: dict[str, Any] = {"program_id": int(value)} if value.isdecimal() else {"program__key": value}
        return rows.filter(queries.sharing(self.parent.request.user, **named))


class SharedRoleFilter(OneOfFilter):
    """People who are one of these in a program shared with the reader."""

    def filter(self, rows: Rows, value: list[str]) -> Rows:
        return rows.filter(queries.sharing(self.parent.request.user, role__in=value)) if value else rows


class PersonListFilter(StrictFilterSet):
    program = SharedProgramFilter("memberships__program", example="ONE")
    role = SharedRoleFilter("memberships__role", Role.values)
