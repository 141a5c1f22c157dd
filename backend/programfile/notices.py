"""What the trail says of a program file that was loaded."""

from django.utils.translation import gettext_lazy as _

from core.audit import registry as audit

audit.register_verbs({"load_program_file": _("%(by)s loaded %(what)s from a file")})
