"""Eight posts at once, against a server with threads."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from core.models import OutgoingMail
from experiences.enquiries.models import Enquiry, SendingRate, TimelineEntry

CLICKS = 8


def post(server: Any, data: dict[str, str], together: Barrier) -> str:
    """Posts an enquiry when all threads are ready; returns the address of its confirmation."""
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    together.wait()
    connection.request(
        "POST",
        "/sv/enquiry/",
        urlencode(data),
        {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"},
    )
    response = connection.getresponse()
    assert response.status == 302, response.read()
    return str(response.headers["Location"])


def page(server: Any, address: str) -> bytes:
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    connection.request("GET", address)
    return connection.getresponse().read()


@pytest.mark.slow
def test_eight_clicks_at_once_are_one_enquiry(transactional_db, catalogue, live_server, settings):
    settings.ENQUIRY_RATE_PER_HOUR = 1
    data = {"experience": str(catalogue.experience.pk), "name": "Lena Berg", "email": "lena@example.org"}
    together = Barrier(CLICKS)
    with ThreadPoolExecutor(CLICKS) as hands:
        addresses = list(hands.map(lambda _: post(live_server, data, together), range(CLICKS)))
    enquiry = Enquiry.objects.get()
    assert set(addresses) == {f"/sv/enquiry/received/{enquiry.token}/"}
    assert enquiry.status == "new", "clicks are counted once, too"
    assert OutgoingMail.objects.filter(key__endswith=":confirmation").count() == 1
    assert OutgoingMail.objects.filter(key__endswith=":notice").count() == 1
    assert TimelineEntry.objects.filter(kind="received").count() == 1
    assert set(SendingRate.objects.values_list("count", flat=True)) == {1}
    assert len({page(live_server, address) for address in addresses}) == 1


@pytest.mark.slow
def test_many_people_from_one_network_at_once_wait_for_each_other_and_none_is_lost(
    transactional_db, catalogue, live_server
):
    together = Barrier(CLICKS)

    def send(number: int) -> str:
        return post(live_server, {"name": f"Guest {number}", "email": f"guest{number}@example.org"}, together)

    with ThreadPoolExecutor(CLICKS) as hands:
        addresses = set(hands.map(send, range(CLICKS)))
    assert len(addresses) == CLICKS
    assert Enquiry.objects.values("reference").distinct().count() == CLICKS
    assert sorted(Enquiry.objects.values_list("status", flat=True)) == ["new"] * 6 + ["spam"] * 2
