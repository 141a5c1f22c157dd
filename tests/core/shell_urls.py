"""Addresses that say something, to see where their messages arrive."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from backend.urls import urlpatterns as product
from core import flash
from core.access import access


@access("public")
def say(request: HttpRequest) -> HttpResponse:
    """Say something beside a fragment."""
    flash.add(request, "Kept.", undo_url="/undo/7/")
    return HttpResponse("<p>fragment</p>")


@access("public")
def move(request: HttpRequest) -> HttpResponse:
    """Say something and send the whole page elsewhere."""
    flash.add(request, "Kept.")
    return HttpResponse(headers={"HX-Redirect": "/read/"})


@access("public")
def read(request: HttpRequest) -> HttpResponse:
    """Show whatever was said."""
    return render(request, "core/landing.html")


urlpatterns = [*product, path("say/", say), path("move/", move), path("read/", read)]
