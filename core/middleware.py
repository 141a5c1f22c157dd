"""Middleware of the page shell: security headers, the client's address, htmx messages, addresses of buttons."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SecurityHeadersMiddleware:
    """Sends one content security policy, without `unsafe-*`, and the permissions policy with every answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        policy: dict[str, str] = settings.CONTENT_SECURITY_POLICY
        self.policy = "; ".join(f"{directive} {sources}".strip() for directive, sources in policy.items())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class ClientAddressMiddleware:
    """Makes REMOTE_ADDR the client's own address: the one that the outermost trusted proxy saw.

    Every hop appends the address it was called from, so with n trusted proxies the client is the n-th from the right;
    what stands further left was written by the client itself. The header is then dropped: nothing reads it by mistake.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
        trusted = settings.TRUSTED_PROXIES
        if 0 < trusted <= len(hops):
            request.META["REMOTE_ADDR"] = hops[-trusted]
        return self.get_response(request)


class HtmxMessagesMiddleware:
    """Adds pending messages to the fragment that answers an htmx request, to be swapped into the page's messages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not getattr(request, "htmx", False) or not self._takes_messages(response):
            return response
        pending = messages.get_messages(request)
        if pending and isinstance(response, HttpResponse):
            context = {"messages": pending, "oob": True}
            response.write(render_to_string("core/toasts.html", context, request))
        return response

    @staticmethod
    def _takes_messages(response: HttpResponseBase) -> bool:
        """Tell whether htmx will swap this answer into the page: not a redirect, not another type, not empty."""
        moves = {"HX-Redirect", "HX-Refresh", "HX-Location", "Location"}
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        is_swapped = response.status_code in {200, 201, 422}
        return is_html and is_swapped and not response.streaming and not moves & set(response.headers)


class ButtonAddressMiddleware:
    """Answers who opens the address of a button, from a bookmark or by reloading, with a page that leads on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content or request.method != "GET":
            return response
        page = render(request, "core/errors/405.html", status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page
