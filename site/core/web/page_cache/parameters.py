"""The query parameters that public pages know. All others are taken out of a request, before a page is made for it.

Otherwise one visitor's `?utm_source=…` would make a page of its own, and be echoed in the links of a kept one.
"""

from urllib.parse import parse_qsl, urlencode

_known: set[str] = set()


def pages_know(*names: str) -> None:
    """Register names of query parameters. Called by the rooms whose views read them, in AppConfig.ready()."""
    _known.update(names)


def known_query(query: str) -> str:
    """A query string with the known parameters only, in alphabetical order; repeated ones in the order given."""
    if not query:
        return ""
    try:
        given = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:  # more fields than that
        return ""
    return urlencode(sorted(((name, value) for name, value in given if name in _known), key=lambda pair: pair[0]))
