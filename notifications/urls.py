"""The engine's pages: inbox, preferences, the staff's outbox, and the links in mails."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.mark_all_read, name="mark_all_read"),
    path("inbox/<int:reminder_id>/read/", views.mark_read, name="mark_read"),
    path("preferences/", views.preferences, name="preferences"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<uuid:delivery_id>/replay/", views.replay, name="replay"),
    path("outbox/mail/<int:mail_id>/", views.kept_mail, name="kept_mail"),
    path("reminders/act/<str:token>/", views.act, name="act"),
    path("reminders/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
