"""Which names a template takes from its context, read from how Django has parsed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template import Template
from django.template.base import FilterExpression, Node, NodeList, TokenType, Variable
from django.template.defaulttags import ForNode, WithNode
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode

# What Django or the frame gives to every template.
# "var": what is inside {% filter %}.
ALWAYS = {"request", "forloop", "True", "False", "None", "block", "var"}
# Where a tag keeps the name under which it leaves its result.
RESULTS = ("target_var", "asvar", "variable")


def inputs(name: str) -> set[str]:
    """The names that the template `name` uses and does not set itself, with those of what it includes openly."""
    template: Any = get_template(name).template
    return set(used(template.nodelist)) - ALWAYS


def used(nodes: Any) -> Iterator[str]:
    """Free names of nodes in a row: what an earlier one sets is none for the later ones."""
    known: set[str] = set()
    for node in nodes:
        yield from (name for name in used_by(node) if name not in known)
        known |= set_by(node)


def set_by(node: Node) -> set[str]:
    found = {getattr(node, attribute, None) for attribute in RESULTS}
    return {name for name in found if isinstance(name, str)}


def used_by(node: Node) -> Iterator[str]:
    """Free names of one node and of what it holds."""
    yield from names_in([value for key, value in vars(node).items() if key not in ("template", "child_nodelists")])
    within: set[str] = set()
    if isinstance(node, ForNode):
        within = {*node.loopvars}
    elif isinstance(node, WithNode):
        within = {*node.extra_context}
    elif isinstance(node, BlockTranslateNode):
        within = {*node.extra_context, node.countervar}
        tokens = [*node.singular, *node.plural]
        words = [token.contents.split("|")[0].split(".")[0] for token in tokens if token.token_type == TokenType.VAR]
        yield from (name for name in words if name not in within)
    elif isinstance(node, IncludeNode) and not node.isolated_context:
        within = {*node.extra_context}
        yield from (name for name in inputs(node.template.var) if name not in within)
    for nodes in node_lists(node):
        yield from (name for name in used(nodes) if name not in within)


def node_lists(node: Any) -> Iterator[NodeList]:
    if hasattr(node, "conditions_nodelists"):
        yield from (nodes for _, nodes in node.conditions_nodelists)
    for value in vars(node).values():
        if isinstance(value, NodeList):
            yield value


def names_in(value: Any) -> Iterator[str]:
    """First names of the variables in an expression, a condition, a tag's arguments."""
    if isinstance(value, FilterExpression):
        yield from names_in(value.var)
        for _, arguments in value.filters:
            yield from names_in([argument for is_variable, argument in arguments if is_variable])
    elif isinstance(value, Variable):
        yield from value.lookups[:1] if value.lookups else ()
    elif isinstance(value, dict):
        yield from names_in(list(value.values()))
    elif isinstance(value, list | tuple) and not isinstance(value, NodeList):
        for part in value:
            yield from names_in(part)
    elif hasattr(value, "first") or hasattr(value, "value"):  # {% if %}
        for attribute in ("first", "second", "value"):
            yield from names_in(getattr(value, attribute, None))


def of_source(source: str) -> set[str]:
    """The same for a template that is in no file."""
    return set(used(Template(source).nodelist)) - ALWAYS
