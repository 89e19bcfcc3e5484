"""One page in several languages: what a reader is shown, what follows the Swedish page, what no translation may lose.

reading     what a reader of a language is given, and under which address
routing     which page an address means
facts       prices, dates and pictures follow the Swedish page
streams     so do those inside a story
sources     what translators see follows it too, and keeps the words they had
wall        no Swedish and no draft reaches a published translation; no aliases
slugs       words in addresses
cascade     a translation goes where its Swedish page goes

docs/decisions/0003 and 0004 say why. Everything here stands on wagtail-localize, whose editor translators use.
"""
