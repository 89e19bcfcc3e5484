from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

from search.querysets import title_words

# The words of titles have weight A (search.querysets.title_words). The sorting is by an expression: else PostgreSQL
# would read the index of the keys from its end, and unpack the vectors that it passes.
HITS = """
CREATE FUNCTION search_newest_hits(search tsquery, asked text, most integer) RETURNS integer[]
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT array_agg(page_id) FROM (
        (SELECT page_id FROM search_searchentry
         WHERE language = asked AND ts_filter(vector, '{a}') @@ search ORDER BY -page_id LIMIT most)
        UNION
        (SELECT page_id FROM search_searchentry
         WHERE language = asked AND vector @@ search ORDER BY -page_id LIMIT most)
    ) AS found
$$
"""


class Migration(migrations.Migration):
    """A search reads and ranks so many pages at most."""

    atomic = False
    dependencies = [("search", "0003_indexes")]

    operations = [
        AddIndexConcurrently(
            model_name="searchentry",
            index=GinIndex(title_words(), name="search_entry_titles"),
        ),
        migrations.RunSQL(HITS, "DROP FUNCTION search_newest_hits"),
    ]
