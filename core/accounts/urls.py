"""Addresses of the account pages."""

from django.urls import path

from core.accounts import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<slug:key>/revoke/", views.revoke_token, name="revoke_token"),
    path("sign-in/<str:secret>/", views.signin_link, name="signin_link"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/programs/", views.set_program_right, name="set_program_right"),
]
