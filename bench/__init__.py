"""How fast the site is, beside a bare Django view and `wagtail start` on the same machine: `make bench`."""
