"""The site's addresses and, before them, those of the style guide: the demo's and the tests' ROOT_URLCONF."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from config import urls as site
from demo.styleguide import views

handler400 = site.handler400
handler500 = site.handler500

urlpatterns = [
    path("styleguide/", views.index, name="styleguide"),
    path("styleguide/pictures/<slug:key>/", views.picture, name="styleguide_picture"),
    *i18n_patterns(
        path("styleguide/", views.page, name="styleguide_page"),
        path("styleguide/schemes/", views.schemes, name="styleguide_schemes"),
        path("styleguide/errors/<slug:name>/", views.error, name="styleguide_error"),
    ),
    *site.urlpatterns,
]
