"""Every address of the product, joined."""

from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from allauth.usersessions import urls as session_urls
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from assessments.api.urls import resources as assessment_resources
from backend.overview.api.urls import resources as overview_resources
from core.access import Rule, declare
from core.api.urls import under_api
from notifications.api.urls import resources as inbox_resources
from programs.api.urls import resources as program_resources
from workstreams.api.urls import resources as work_resources

# Everything else of the sign-in library is for strangers: sign in, reset, confirm an address.
ACCOUNT_RULES: dict[str, Rule] = dict.fromkeys(
    ("account_email", "account_change_password", "account_set_password", "account_reauthenticate"), "signed_in"
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("core.urls")),
    path("", include("backend.programfile.urls")),
    path("", include("notifications.urls")),
    path("", include("programs.urls")),
    path("", include("workstreams.urls")),
    path("", include("assessments.urls")),
    # The roof comes last: `programs/<key>/` would take `programs/new/` for a program.
    path("", include("backend.overview.urls")),
    path("accounts/", include(declare("public", account_urls.urlpatterns, ACCOUNT_RULES))),
    path("accounts/", include("core.accounts.urls")),
    path("accounts/2fa/", include(declare("signed_in", mfa_urls.urlpatterns, {"mfa_authenticate": "public"}))),
    path("accounts/sessions/", include(declare("signed_in", session_urls.urlpatterns))),
    path(
        "api/",
        include(
            under_api(
                [
                    *program_resources,
                    *work_resources,
                    *assessment_resources,
                    *inbox_resources,
                    *overview_resources,
                ]
            )
        ),
    ),
    path("admin/", include((declare("staff", admin.site.urls[0]), "admin"), namespace="admin")),
]

handler400 = "core.views.bad_request"
handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"
