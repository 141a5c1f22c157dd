"""What was said is final: forecasts, re-baselinings, promises' histories, decisions; a frozen baseline stays."""

from typing import ClassVar

from django.db import migrations

from core.triggers import append_only, refuse


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workstreams", "0001_initial")]
    operations: ClassVar = [
        *append_only("workstreams_milestoneforecast"),
        *append_only("workstreams_milestonerebaselining"),
        *append_only("workstreams_actionevent"),
        refuse(
            name="workstreams_milestone_baseline_frozen",
            table="workstreams_milestone",
            event="UPDATE",
            when=(
                "OLD.baseline_frozen_at IS NOT NULL AND NEW.baseline_on <> OLD.baseline_on "
                "AND COALESCE(NEW.rebaselining_id, 0) = COALESCE(OLD.rebaselining_id, 0)"
            ),
            words="the baseline of a milestone is frozen once its phase has started",
        ),
        refuse(
            name="workstreams_raidentry_decision_final",
            table="workstreams_raidentry",
            event="UPDATE",
            when="OLD.kind = 'decision'",
            words="a decision is append-only",
        ),
        refuse(
            name="workstreams_raidentry_decision_kept",
            table="workstreams_raidentry",
            event="DELETE",
            when="OLD.kind = 'decision'",
            words="a decision is append-only",
        ),
    ]
