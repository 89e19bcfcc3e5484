"""Whatever is killed in the middle: no enquiry that we acknowledged is lost, and no publication is half done."""

from __future__ import annotations

import http.client
import itertools
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from local.embedded_postgres import Places
from tests.browser.support.running_site import RunningSite, free_port
from tests.local.processes import kill_9, wait_until

HOW_MANY = 200
NOTICES_TO = "us@example.se"
# One in so many fills in the field that people do not see.
EVERY_NTH_IS_SPAM = 20
# Seconds; a web server that was killed is back in one or two.
LONGEST_WITHOUT_ANSWER = 120


@dataclass
class MailServer:
    """A real one, that keeps what it was given: to whom, Message-ID, words."""

    got: list[tuple[str, str, str]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        words = mail.get_body(("plain",)).get_content()
        self.got += [(to, str(mail["Message-ID"]), words) for to in envelope.rcpt_tos]
        return "250 OK"


@pytest.fixture
def mail_server() -> Iterator[tuple[MailServer, int]]:
    keeper, port = MailServer(), free_port()
    controller = Controller(keeper, hostname="127.0.0.1", port=port)
    controller.start()
    yield keeper, port
    controller.stop()


@dataclass(frozen=True)
class Asked:
    """One visitor's enquiry, sent again until it is acknowledged."""

    number: int

    @property
    def email(self) -> str:
        return f"guest{self.number}@example.org"

    @property
    def is_spam(self) -> bool:
        return self.number % EVERY_NTH_IS_SPAM == 0

    def post(self, port: int) -> str:
        """The address of the confirmation. Raises OSError or HTTPException where nobody answers as one should."""
        answers = {"name": f"Guest {self.number}", "email": self.email, "language": ("sv", "en", "ar")[self.number % 3]}
        if self.is_spam:
            answers["reason"] = "cheap watches"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
            connection.request("POST", "/sv/enquiry/", urlencode(answers), headers)
            answer = connection.getresponse()
            if answer.status != 302:
                raise http.client.HTTPException(answer.status)
            return answer.headers["Location"]
        finally:
            connection.close()

    def post_until_acknowledged(self, port: int) -> str:
        deadline = time.monotonic() + LONGEST_WITHOUT_ANSWER
        while True:
            try:
                return self.post(port)
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


class Crowd:
    """Four visitors at a time."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.acknowledged: dict[Asked, str] = {}
        self.lock = threading.Lock()

    def ask(self, number: int) -> None:
        asked = Asked(number)
        where = asked.post_until_acknowledged(self.port)
        with self.lock:
            self.acknowledged[asked] = where

    def wait_for(self, how_many: int) -> None:
        wait_until(lambda: len(self.acknowledged) >= how_many, f"{how_many} acknowledged", LONGEST_WITHOUT_ANSWER)


def children_of(parent: int) -> list[int]:
    """All that descend from a process."""
    parents = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(file.parent.name)] = int(file.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [pid for pid, above in parents.items() if above == parent]
    return found + list(itertools.chain.from_iterable(children_of(pid) for pid in found))


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def web_and_worker(site: RunningSite) -> list[int]:
    """The web server's processes and the worker."""
    assert site.process
    return [pid for pid in children_of(site.process.pid) if re.search(r"granian|manage\.py work", command_of(pid))]


def database(site: RunningSite) -> int:
    return int((Places(site.var).data / "postmaster.pid").read_text().split()[0])


def ask(site: RunningSite, question: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(site.database, autocommit=True) as connection:
        return connection.execute(question).fetchall()


@pytest.mark.drill
def test_whatever_is_killed_each_enquiry_is_there_once_and_its_mails_arrive(
    site: RunningSite, mail_server: tuple[MailServer, int]
) -> None:
    mails, mail_port = mail_server
    ours = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mail_port), "ENQUIRY_NOTICE_TO": NOTICES_TO}
    ours |= dict.fromkeys(["MAIL_CAP_NETWORK", "MAIL_CAP_ALL"], "999/999")  # none is held back here
    with site.restarted(**ours):
        crowd = Crowd(site.port)
        with ThreadPoolExecutor(4) as visitors:
            asking = [visitors.submit(crowd.ask, number) for number in range(HOW_MANY)]

            crowd.wait_for(HOW_MANY // 4)
            victims = web_and_worker(site)
            assert len(victims) >= 3, [command_of(pid) for pid in victims]
            kill_9(*victims, database(site))  # The supervisor mends it.

            crowd.wait_for(HOW_MANY * 5 // 8)
            assert site.process
            kill_9(site.process.pid, *web_and_worker(site), database(site))
            site.process.wait()
            site.start()  # `make run` again.

            for one in asking:
                one.result()
        due = "SELECT count(*) FROM core_outgoingmail WHERE status = 'due'"
        wait_until(lambda: ask(site, due) == [(0,)], "all mails sent", LONGEST_WITHOUT_ANSWER)
        rows = ask(site, "SELECT email, token, reference, status FROM enquiries_enquiry WHERE email LIKE 'guest%@%'")
    each_is_there_once(crowd, rows)
    each_mail_arrived(mails, rows)


def each_is_there_once(crowd: Crowd, rows: list[tuple[Any, ...]]) -> None:
    kept = {email: token for email, token, _, _ in rows}
    assert len(rows) == len(kept) == len(crowd.acknowledged) == HOW_MANY
    for asked, address in crowd.acknowledged.items():
        assert address.rstrip("/").endswith(kept[asked.email]), "another enquiry than the one that was acknowledged"


def each_mail_arrived(mails: MailServer, rows: list[tuple[Any, ...]]) -> None:
    """Once; twice only where a mail was on the wire when we killed, twice over all. Quarantined ones sent none."""
    by_id = Counter((to, message_id) for to, message_id, _ in mails.got)
    assert max(by_id.values()) <= 2
    assert len(mails.got) - len(by_id) <= 2
    confirmations = Counter(to for to, _ in by_id if to != NOTICES_TO)
    notices = "\n".join(words for to, _, words in mails.got if to == NOTICES_TO)
    for email, _, reference, status in rows:
        is_spam = Asked(int(re.sub(r"\D", "", email.partition("@")[0]))).is_spam
        assert (status == "spam") is is_spam
        assert confirmations[email] == (0 if is_spam else 1)
        assert (reference in notices) is not is_spam
    assert len([to for to, _ in by_id if to == NOTICES_TO]) == HOW_MANY - HOW_MANY // EVERY_NTH_IS_SPAM


# --- Publications ---------------------------------------------------------------------------------------------------
PUBLICATIONS = 50
KILLS = 5
FIRST_PRICE = 1000

EXPERIENCES = """
    SELECT page.id, page.translation_key::text, experience.price FROM experiences_experiencepage experience
    JOIN wagtailcore_page page ON page.id = experience.page_ptr_id
    JOIN wagtailcore_locale locale ON locale.id = page.locale_id
    WHERE locale.language_code = 'sv' AND page.live ORDER BY page.id
"""
# Of the page in all its languages: the rows, and the versions that are live.
PRICES = """
    SELECT experience.price, (revision.content->>'price')::int FROM experiences_experiencepage experience
    JOIN wagtailcore_page page ON page.id = experience.page_ptr_id
    JOIN wagtailcore_revision revision ON revision.id = page.live_revision_id
    WHERE page.translation_key = '{key}' AND page.live
"""
SLOW = """
    CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.1); RETURN NEW; END';
    CREATE TRIGGER wait BEFORE INSERT ON wagtailcore_pagelogentry FOR EACH ROW EXECUTE FUNCTION wait();
"""


def prices_of(site: RunningSite, key: str) -> set[int]:
    return {price for row in ask(site, PRICES.format(key=key)) for price in row}


def publish_by_api(browser: Page, pk: int) -> bool:
    """Whether the site said that it is published."""
    token = next(one["value"] for one in browser.context.cookies() if one["name"].endswith("csrftoken"))
    try:
        answer = browser.request.post(f"/admin/api/main/pages/{pk}/action/publish/", headers={"X-CSRFToken": token})
    except PlaywrightError:
        return False
    return answer.ok


@pytest.mark.drill
def test_a_web_server_that_is_killed_among_fifty_publications_leaves_each_whole_in_all_languages(
    site: RunningSite, log_in: Callable[..., Page]
) -> None:
    browser = log_in("admin")
    pages = ask(site, EXPERIENCES)
    execute(site, SLOW)  # The server is killed within a publication, not between two.
    killed = 0
    for number in range(PUBLICATIONS):
        pk, key, _ = pages[number % len(pages)]
        offer(site, pk, FIRST_PRICE + number)
        before = prices_of(site, key)
        dies = number % (PUBLICATIONS // KILLS) == 3
        killer = threading.Timer(0.05 + 0.1 * killed, lambda: kill_9(*web(site)))
        if dies:
            killer.start()
        published = publish_by_api(browser, pk)
        if dies:
            killer.join()
            killed += 1
            wait_until(lambda: answers(site), "the web server is back")
            wait_until(lambda: not ask(site, "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"))
        after = prices_of(site, key)
        assert after == {FIRST_PRICE + number} or (after == before and not published), (number, before, after)
        assert published or dies
    execute(site, "DROP FUNCTION wait() CASCADE")
    for pk, _, price in pages:  # for the tests that come after
        offer(site, pk, price)
        assert publish_by_api(browser, pk)


def offer(site: RunningSite, pk: int, price: int) -> None:
    """A draft with that price, as the latest version of a page."""
    execute(
        site,
        f"""UPDATE wagtailcore_revision SET content = jsonb_set(content, '{{price}}', '{price}')
        WHERE id = (SELECT latest_revision_id FROM wagtailcore_page WHERE id = {pk})""",
    )


def execute(site: RunningSite, sql: str) -> None:
    with psycopg.connect(site.database, autocommit=True) as connection:
        connection.execute(sql)


def web(site: RunningSite) -> list[int]:
    return [pid for pid in web_and_worker(site) if "granian" in command_of(pid)]


def answers(site: RunningSite) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
        connection.request("GET", "/sv/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
