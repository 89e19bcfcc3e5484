"""What a script of wrk's cannot do: a visitor who sends the form, a member of staff with a session."""

from __future__ import annotations

import http.client
import http.cookiejar
import itertools
import re
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles

from bench.client import CONNECTIONS, Measured

_numbers = itertools.count()


def session_of(port: int, username: str, password: str) -> str:
    """The Cookie header of a user who has logged in to the admin."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"http://127.0.0.1:{port}/admin/login/"
    page = browser.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    posted = {"csrfmiddlewaretoken": token[1], "username": username, "password": password, "next": "/admin/"}
    browser.open(urllib.request.Request(address, urllib.parse.urlencode(posted).encode(), {"Referer": address}))
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def measure_posts(port: int, seconds: float) -> Measured:
    """Enquiries that are received, over CONNECTIONS connections."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(CONNECTIONS) as visitors:
        sent = [visitors.submit(_send_until, port, until) for _number in range(CONNECTIONS)]
        answers = [answer for one in sent for answer in one.result()]
    times = [took for took, _status in answers]
    errors = sum(status != 302 for _took, status in answers)
    return Measured(len(answers) / seconds, median(times), quantiles(times, n=100)[98], errors)


def _send_until(port: int, until: float) -> list[tuple[float, int]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    answers = []
    while (begun := time.monotonic()) < until:
        email = f"guest{next(_numbers)}.{time.time_ns()}@example.org"
        answered = {"name": "Lena Berg", "email": email, "language": "sv", "message": "Hej!"}
        connection.request("POST", "/sv/enquiry/", urllib.parse.urlencode(answered), headers)
        answer = connection.getresponse()
        answer.read()
        answers.append(((time.monotonic() - begun) * 1000, answer.status))
    connection.close()
    return answers
