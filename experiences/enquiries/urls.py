"""The visitor's URLs, below the language prefix: /sv/enquiry/."""

from django.urls import path, re_path

from experiences.enquiries.visitor import views

app_name = "enquiries"
urlpatterns = [
    path("", views.new, name="new"),
    # The pattern of a token: anything else is 404 without a query.
    re_path(r"^received/(?P<token>[A-Za-z0-9_-]{43})/$", views.received, name="received"),
]
