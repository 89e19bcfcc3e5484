"""Sees all that a browser does while a test runs, and says afterwards what no page may ever do."""

from __future__ import annotations

from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Made by the browser itself, from what it already has.
LOCAL_SCHEMES = {"data", "blob", "about"}


class Witness:
    """Foreign requests, failed ones, errors of scripts and of the content security policy, cookies."""

    def __init__(self, context: BrowserContext, host: str, *, staff: bool) -> None:
        self.context = context
        self.host = host
        self.staff = staff
        self.faults: list[str] = []
        # Whose answer may be a 4xx: the pages themselves, and the drafts that Wagtail saves while one is writing.
        self._may_refuse: set[str] = set()
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if request.is_navigation_request() or (self.staff and request.method == "POST"):
            self._may_refuse.add(urldefrag(request.url).url)
        if address.scheme not in LOCAL_SCHEMES and address.netloc != self.host:
            self.faults.append(f"asked another host: {request.url}")

    def _response(self, response: Response) -> None:
        """What a page loads is there. A page itself may say 404 or 422: its test looks at that."""
        if response.status >= 500 or (response.status >= 400 and urldefrag(response.url).url not in self._may_refuse):
            self.faults.append(f"{response.status} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        where = urldefrag(str(message.location.get("url", ""))).url
        if self.staff and message.text.startswith("axe.run results"):
            return  # Wagtail's own checks, beside the preview of a page that has no title yet.
        if message.type == "error" and not (where in self._may_refuse and "status of 4" in message.text):
            self.faults.append(f"console of {where}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script error: {error.error}")

    def testify(self) -> None:
        """Fails with all that was seen."""
        if not self.staff:
            self.faults += [f"cookie: {cookie.get('name')}" for cookie in self.context.cookies()]
        assert not self.faults, "\n".join(self.faults)
