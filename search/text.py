"""PostgreSQL's configuration for a language. How text is spelled alike is in core.languages.folding."""

from core.languages.table import site_language


def configuration(language: str) -> str:
    """PostgreSQL's text search configuration for a language code; `sv-simple` is searched as Swedish."""
    site = site_language(language)
    return site.search if site else "simple"
