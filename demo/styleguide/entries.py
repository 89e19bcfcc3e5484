"""What the style guide shows: entries (a template and its inputs), each with specimens (the template in a state)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from demo.styleguide.samples import Samples

# The name of each state, and the template's context in it.
States = Iterator[tuple[str, dict[str, Any]]]
COMMENT = re.compile(r"{#\s*(.*?)\s*#}")
IDS = re.compile(r'\b(id|for|aria-labelledby|aria-describedby|popovertarget)="([^"]*)"')
LABEL = re.compile(r'\baria-label="([^"]*)"')


@dataclass(frozen=True)
class Entry:
    """A template with a generator of its states.

    `around`: the elements that it needs around it, `{}` where it is itself.
    `layout`: "wrap" (in the page's width), "grid" (its states side by side), "wide" (from edge to edge) or "source" (it
    draws nothing). `variant`: tells two entries of one template apart.
    """

    template: str
    states: Callable[[Samples], Iterable[tuple[str, Any]]]
    around: str = "{}"
    layout: str = "wrap"
    variant: str = ""
    draw: Callable[[str, Any, HttpRequest], str] = lambda template, context, request: get_template(template).render(
        context, request
    )

    @property
    def anchor(self) -> str:
        return slugify(f"{self.template.removesuffix('.html').replace('/', '-')} {self.variant}")

    @property
    def comment(self) -> list[str]:
        return leading_comment(get_template(self.template).template.source)  # type: ignore[attr-defined]


@dataclass
class Group:
    """Entries under a heading."""

    title: str
    entries: list[Entry] = field(default_factory=list)

    def entry(
        self, template: str, **options: Any
    ) -> Callable[[Callable[[Samples], States]], Callable[[Samples], States]]:
        """Decorator of a generator of states."""

        def add(states: Callable[[Samples], States]) -> Callable[[Samples], States]:
            self.entries.append(Entry(template, states, **options))
            return states

        return add


class Sheet:
    """One page of specimens: each id, and each name of a landmark, may be there once."""

    def __init__(self, request: HttpRequest, samples: Samples) -> None:
        self.request = request
        self.samples = samples
        self.specimens = 0
        self.labels: Counter[str] = Counter()

    def drawn(self, entry: Entry) -> list[tuple[str, SafeString]]:
        """Each state of an entry with its HTML."""
        return [(state, self._draw(entry, context)) for state, context in entry.states(self.samples)]

    def _draw(self, entry: Entry, context: Any) -> SafeString:
        html = entry.draw(entry.template, context, self.request).strip()
        if entry.layout == "source":
            html = conditional_escape(str(html))
        return self._fit(entry.around.format(html) if html else "")

    def _fit(self, html: str) -> SafeString:
        """The HTML with ids and labels of its own. Nothing in it takes the focus when the page comes."""
        self.specimens += 1
        html = re.sub(r"\sautofocus\b", "", html)
        # Not the cloths: core.design counts their ids.
        pieces = re.split(r"(<svg.*?</svg>)", html, flags=re.DOTALL)
        pieces[::2] = [LABEL.sub(self._counted, IDS.sub(self._numbered, piece)) for piece in pieces[::2]]
        # Safe: it was drawn by templates, and only numbers are added.
        return mark_safe("".join(pieces))

    def _numbered(self, match: re.Match[str]) -> str:
        return '{}="{}"'.format(match[1], " ".join(f"{word}-{self.specimens}" for word in match[2].split()))

    def _counted(self, match: re.Match[str]) -> str:
        self.labels[match[1]] += 1
        return f'aria-label="{match[1]} ({self.labels[match[1]]})"'


def leading_comment(source: str) -> list[str]:
    """The comment that a template begins with, line by line: what it is, and its inputs by name."""
    found: list[str] = []
    for line in source.splitlines():
        comments = COMMENT.findall(line)
        if not comments and not line.startswith("{% extends"):
            break
        found += comments
    return found
