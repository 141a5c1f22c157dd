"""What falls due in a program: the next reading of each measure, and for whom."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import addresses
from core.accounts.models import User
from notifications import registry
from notifications.registry import Presented, Role
from programs import queries
from programs.access import MEASUREMENT
from programs.choices import MEASURED_PROGRAMS
from programs.choices import Role as ProgramRole
from programs.models import Measure

Rows = QuerySet[Any, dict[str, Any]]


def _rows(recipient: str, **narrowed: Any) -> Callable[[], Rows]:
    """Return the query of a role: the measures that will be read, each with the person at the end of a path."""

    def rows() -> Rows:
        measures = Measure.objects.filter(program__status__in=MEASURED_PROGRAMS, **narrowed)
        due = queries.with_reading_due(measures).filter(reading_due_on__isnull=False, **{f"{recipient}__isnull": False})
        columns = {
            "subject_id": F("pk"),
            "scope_id": F("program_id"),
            "due_on": F("reading_due_on"),
            "recipient_id": F(recipient),
        }
        return due.order_by().values(**columns)

    return rows


def _with_role(role: ProgramRole) -> Callable[[], Rows]:
    return _rows("program__memberships__person_id", program__memberships__role=role)


def present_readings(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show measures to read to a reader; those of programs that the reader does not belong to are left out."""
    rows = Measure.objects.visible_to(reader).filter(pk__in=subject_ids)
    return {
        row["pk"]: Presented(
            title=_("Reading of “%(measure)s”") % {"measure": row["name"]},
            code=_full(row, "code"),
            url=f"{addresses.of('outcome', _full(row, 'outcome__code'))}#{row['code']}",
            line=_("So that: %(outcome)s") % {"outcome": row["outcome__statement"]},
        )
        for row in rows.values("pk", "code", "name", "program__key", "outcome__code", "outcome__statement")
    }


def _full(row: Mapping[str, Any], column: str) -> str:
    return f"{row['program__key']}-{row[column]}"


registry.register_source(
    registry.DeadlineSource(
        kind=MEASUREMENT,
        label=gettext_lazy("Reading"),
        roles={
            "owner": Role(gettext_lazy("Owner"), _rows("owner_id")),
            "manager": Role(gettext_lazy("Manager"), _with_role(ProgramRole.MANAGER)),
            "sponsor": Role(gettext_lazy("Sponsor"), _with_role(ProgramRole.SPONSOR)),
        },
        present=present_readings,
    )
)
