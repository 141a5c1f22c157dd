"""The addresses under /api/: the roof hands in the resources, the index, schema, docs and 404s are added here."""

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, include, path, re_path

from core.api.views import Docs, Index, Schema, UnknownAddress


def under_api(resources: Sequence[URLPattern]) -> list[URLPattern | URLResolver]:
    """Return everything under /api/; the index at /api/v1/ names every list that is not a part of something."""
    lists = {
        str(pattern.pattern).strip("/"): str(pattern.pattern)
        for pattern in resources
        if getattr(getattr(pattern.callback, "cls", None), "is_indexed", False) and not pattern.pattern.converters
    }
    v1 = [path("", Index.as_view(lists=lists), name="api-index"), *resources]
    return [
        path("v1/", include(v1)),
        path("schema/", Schema.as_view(), name="api-schema"),
        path("docs/", Docs.as_view(), name="api-docs"),
        re_path(r"", UnknownAddress.as_view(), name="api-unknown"),
    ]
