"""What looks after every test sees what it should: each fault is planted once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.support.running_site import RunningSite
from tests.browser.support.witness import Witness
from tests.local.processes import wait_until

PLANTED = {
    "script error: planted": "setTimeout(() => { throw new Error('planted') })",
    "Content Security Policy directive": "document.body.setAttribute('style', 'color: red')",
    "http://127.0.0.2/picture.png": "document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.2/picture.png'}))",
    "404": "fetch('/sv/nothing-here/')",
    "console of": "console.error('planted')",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_fault_is_seen(fault: str, chromium: Browser, site: RunningSite) -> None:
    context = chromium.new_context(base_url=site.url)
    witness = Witness(context, site.url.removeprefix("http://"), staff=False)
    page = context.new_page()
    page.goto("/sv/")
    witness.testify()
    page.evaluate(f"() => {{ {PLANTED[fault]} }}")
    wait_until(lambda: page.evaluate("1") and witness.faults)
    with pytest.raises(AssertionError, match=fault):
        witness.testify()
    context.close()


def test_a_cookie_is_seen(chromium: Browser, site: RunningSite) -> None:
    context = chromium.new_context(base_url=site.url)
    witness = Witness(context, site.url.removeprefix("http://"), staff=False)
    page = context.new_page()
    page.goto("/sv/")
    page.evaluate("document.cookie = 'visitor=1'")
    with pytest.raises(AssertionError, match="cookie: visitor"):
        witness.testify()
    context.close()
