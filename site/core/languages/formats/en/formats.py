"""English as in Europe: 4 February 2027, 17:00, 2,800.5."""

from core.languages.formats.shared import *  # noqa: F403

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
