"""Addresses: what has no language first, then everything that a reader sees, under its language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views.serve import authenticate_with_password

from core.sitemaps import sitemap
from core.translation.views import choose_language, robots, serve
from core.uploads import serve_document, serve_upload
from core.views import cloth_picture, favicon

urlpatterns = [
    path("", choose_language),
    path("robots.txt", robots),
    path("favicon.ico", favicon),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<str:document_filename>", serve_document, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("media/<path:path>", serve_upload),
    path("cloth/<str:word>.png", cloth_picture, name="cloth_picture"),
]

urlpatterns += i18n_patterns(
    path("enquiry/", include("experiences.enquiries.urls")),
    path("search/", include("search.urls")),
    path("", include([pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"])),
    # A page, found by our own router.
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
)
