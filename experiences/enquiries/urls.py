"""Under every language: /sv/enquiry/."""

from django.urls import path, re_path

from experiences.enquiries.visitor import views

app_name = "enquiries"
urlpatterns = [
    path("", views.new, name="new"),
    # Only what can be a token reaches the database.
    re_path(r"^received/(?P<token>[A-Za-z0-9_-]{43})/$", views.received, name="received"),
]
