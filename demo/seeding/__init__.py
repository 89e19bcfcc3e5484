"""Fills a demo with as many experiences, hosts and enquiries as wanted, to see how the site grows.

Each seeded page family (a page in three languages) is a copy of one of the demo's: all of its rows, in all tables,
with new keys, times, dates, and words of its own (`texts`). The rows are read once (`rows.stored`), copied in memory
(`copies`) and written by PostgreSQL's COPY (`rows.write`): bulk_create cannot write pages, which are rows of two
tables.
"""
