"""The demo's mailbox: kept, shown safely, to administrators."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from core.people import roles
from demo.mailbox import EmailBackend
from demo.models import DemoMail
from tests.factories import UserFactory
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo_mail(settings) -> None:
    settings.EMAIL_BACKEND = "demo.mailbox.EmailBackend"


def send(**more) -> DemoMail:
    message = EmailMultiAlternatives(
        "We have your enquiry", "See https://example.se/a", to=["lena@example.org"], headers={"Content-Language": "sv"}
    )
    message.attach_alternative("<p>Hej <script>alert(1)</script></p>", "text/html")
    message.send()
    return DemoMail.objects.latest("pk")


def test_a_mail_is_kept_whole_and_sent_nowhere():
    mail = send()
    assert (mail.to, mail.subject, mail.language) == ("lena@example.org", "We have your enquiry", "sv")
    assert mail.text.startswith("See")
    assert mail.html.startswith("<p>Hej")
    assert mail.message_id.startswith("<")


def test_what_could_not_be_sent_is_an_error_here_too():
    broken = EmailMultiAlternatives("Two\nlines", "text", to=["lena@example.org"])
    with pytest.raises(ValueError, match="Header"):
        EmailBackend().send_messages([broken])


def test_the_newest_mail_stands_on_top_of_the_list(admin):
    send()
    newest = send()
    html = admin.get(reverse("demo_mailbox:index")).content.decode()
    assert html.count("lena@example.org") == 2
    assert html.index(reverse("demo_mailbox:mail", args=[newest.pk])) < html.index(
        reverse("demo_mailbox:mail", args=[newest.pk - 1])
    )


def test_a_mail_is_shown_with_its_links_and_its_html_in_a_sandbox(admin):
    mail = send()
    html = admin.get(reverse("demo_mailbox:mail", args=[mail.pk])).content.decode()
    assert 'href="https://example.se/a"' in html
    assert "<iframe sandbox " in html
    assert 'class="demo-mail__text" lang="sv"' in html, "each line from its own side: mailbox.css"
    assert "<script>alert" not in html


def test_the_html_alone_may_run_nothing(admin):
    response = admin.get(reverse("demo_mailbox:html", args=[send().pk]))
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("view", ["index", "mail", "html"])
def test_nobody_reads_it_without_logging_in(client, view):
    mail = send()
    address = reverse(f"demo_mailbox:{view}", args=[] if view == "index" else [mail.pk])
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 302, "somebody who may not enter the admin"


@pytest.mark.parametrize("view", ["index", "mail", "html"])
@pytest.mark.parametrize("role", roles.ROLES)
def test_no_role_reads_the_mails_of_others_accounts(client, role, view):
    """A link for a new password among them would let its reader into that account."""
    mail = send()
    client.force_login(person(role))
    address = reverse(f"demo_mailbox:{view}", args=[] if view == "index" else [mail.pk])
    assert client.get(address).headers["Location"] == "/admin/"
    assert "/admin/demo-mailbox/" not in client.get("/admin/").text
