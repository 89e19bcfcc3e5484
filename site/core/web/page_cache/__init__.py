"""Whole pages, kept in the memory of each web process and served before Django sees the request.

`wsgi.PageCache` wraps Django's application. A page is kept until content changes: triggers on the tables that pages
read (`tables`) announce each change when its transaction commits (`changes`). See docs/decisions/0024-page-cache.md.
"""
