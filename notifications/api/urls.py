"""The addresses of the inbox under /api/v1/."""

from django.urls import path

from notifications.api import views

resources = [
    path("reminders/", views.ReminderList.as_view(), name="reminder-list"),
    path("reminders/<str:ref>/", views.ReminderItem.as_view(), name="reminder-item"),
]
