"""Arabic with Western digits: 4 فبراير 2027, 17:00, 2,800.5 (CLDR: ar, numbering system latn)."""

from core.languages.formats.shared import *  # noqa: F403

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
