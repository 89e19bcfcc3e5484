"""Addresses: what has no language first, then everything that a reader sees, under its language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.account import LoginView
from wagtail.documents.views.serve import authenticate_with_password

from core.design.views import cloth_picture, favicon
from core.media.uploads import serve_document, serve_upload
from core.translation.views import choose_language, robots, serve
from core.web.sitemaps import sitemap, sitemap_part

handler400 = "core.web.errors.bad_request"
handler500 = "core.web.resubmit.server_error"

urlpatterns = [
    path("", choose_language),
    path("robots.txt", robots),
    path("favicon.ico", favicon),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemap_part, name="sitemap_part"),
    path("admin/", include(wagtailadmin_urls)),
    # The only login page. Wagtail uses this URL name to send a visitor of a private file to its login.
    path("admin/login/", LoginView.as_view(), name="wagtailcore_login"),
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
    # A page, found by our own router. Wagtail's other addresses here are for private pages, which we do not have
    # (core.pages.permissions): a second login, and a form for a page's password.
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
)
