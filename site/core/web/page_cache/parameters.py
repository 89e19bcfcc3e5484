"""The query parameters that public pages know. All others are taken out of a request, before a page is made for it.

Otherwise one visitor's `?utm_source=…` would make a page of its own, and be echoed in the links of a kept one.
"""

from urllib.parse import parse_qsl, urlencode

_known: set[str] = set()


def pages_know(*names: str) -> None:
    """Register names of query parameters. Called by the rooms whose views read them, in AppConfig.ready()."""
    _known.update(names)


def known_query(query: str, *, everything: bool = False) -> str:
    """A query string with the known parameters only, in alphabetical order; repeated ones in the order given.

    `everything`: with all parameters, in the same order.
    """
    if not query:
        return ""
    given = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in given if everything or pair[0] in _known]
    return urlencode(sorted(kept, key=lambda pair: pair[0]))
