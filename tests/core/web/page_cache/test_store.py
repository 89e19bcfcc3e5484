"""What is kept, how much of it, and what goes first."""

from datetime import UTC, datetime, timedelta

from core.web.page_cache.store import Entry, Store, make_entry

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
MEGABYTE = 1_000_000


def entry(size: int = 10_000, good_until: datetime = LATER) -> Entry:
    """An entry of about that many bytes: a picture, which is not compressed."""
    return make_entry("200 OK", [("Content-Type", "image/png")], b"x" * size, good_until)


def kept(store: Store, *keys: str) -> list[str]:
    return [key for key in keys if store.find(key, "v1", NOW)]


def filled(**parts: int) -> Store:
    """A store of a megabyte with so many entries in each part: page-0, page-1, …"""
    store = Store(MEGABYTE)
    store.find("nothing", "v1", NOW)
    for part, number in parts.items():
        for index in range(number):
            store.keep(part, f"{part}-{index}", entry(), "v1")
    return store


def test_a_kept_answer_is_found():
    assert kept(filled(page=1), "page-0", "page-1") == ["page-0"]


def test_a_new_version_of_the_content_empties_it():
    store = filled(page=3)
    assert store.find("page-0", "v2", NOW) is None
    assert store.size == 0


def test_an_answer_that_was_begun_before_a_change_is_not_kept():
    store = filled()
    store.find("home", "v2", NOW)
    store.keep("page", "home", entry(), "v1")
    assert store.find("home", "v2", NOW) is None


def test_the_one_that_was_not_asked_for_longest_goes_first():
    store = filled(page=40)
    store.find("page-0", "v1", NOW)
    for index in range(40, 60):
        store.keep("page", f"page-{index}", entry(), "v1")
    assert kept(store, "page-0", "page-1", "page-59") == ["page-0", "page-59"]


def test_it_never_holds_more_than_its_bound():
    store = filled(page=300, other=300)
    store.parts["404"].limit *= 16  # or ten thousand bytes would be too large for it
    for index in range(300):
        store.keep("404", f"404-{index}", entry(), "v1")
    assert store.size > 0.9 * MEGABYTE
    assert all(part.size <= part.limit for part in store.parts.values())


def test_searches_push_out_no_page():
    store = filled(page=5, other=1000)
    assert kept(store, "page-0", "page-4") == ["page-0", "page-4"]
    assert store.parts["other"].size <= MEGABYTE // 5


def test_an_answer_goes_stale_by_the_clock():
    store = filled()
    store.keep("page", "dates", entry(good_until=LATER), "v1")
    assert store.find("dates", "v1", LATER - timedelta(seconds=1))
    assert store.find("dates", "v1", LATER) is None


def test_a_stale_answer_hides_no_fresh_one_in_another_part():
    store = filled()
    store.parts["404"].limit *= 16
    store.keep("page", "about", entry(good_until=NOW), "v1")
    store.keep("404", "about", entry(2_000), "v1")
    assert store.find("about", "v1", NOW)
    assert store.size == store.parts["404"].size


def test_a_large_answer_does_not_push_out_the_others():
    store = filled(page=5)
    store.keep("page", "sitemap", entry(MEGABYTE // 4), "v1")
    assert kept(store, "page-0", "page-4", "sitemap") == ["page-0", "page-4"]


def test_headers_count_too():
    small, large = [("Location", "/")], [("Location", "/" + "a" * 9000)]
    assert make_entry("301", large, b"", LATER).size > make_entry("301", small, b"", LATER).size + 9000


def test_a_replaced_answer_is_counted_once():
    store = filled(page=1)
    before = store.size
    store.keep("page", "page-0", entry(), "v1")
    assert store.size == before


def test_a_page_is_ready_in_each_coding_and_a_picture_only_plain():
    page = make_entry("200 OK", [("Content-Type", "text/html; charset=utf-8")], b"<p>Bread</p>" * 100, LATER)
    assert set(page.bodies) == {"", "gzip", "br"}
    assert set(entry().bodies) == {""}
