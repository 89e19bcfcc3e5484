"""What the site repeats by itself, and how often."""

from datetime import timedelta

import pytest

from core.jobs import registry


def test_the_jobs_of_the_site():
    every = {job.name: job.every for job in registry.jobs()}
    assert every == {
        "page_schedule": timedelta(minutes=1),
        "release_held_mail": timedelta(minutes=1),
        "deliver_mail": timedelta(seconds=0.5),
        "delete_mail_counts": timedelta(hours=1),
        "delete_abandoned_uploads": timedelta(hours=1),
        "delete_sending_rates": timedelta(hours=1),
        "blank_mail_texts": timedelta(hours=1),
    }


def test_only_the_delivery_runs_in_several_workers_at_once():
    assert [job.name for job in registry.jobs() if job.shared] == ["deliver_mail"]


def test_a_name_is_taken_once():
    def page_schedule(now):
        """Another one."""

    with pytest.raises(ValueError, match="two jobs called page_schedule"):
        registry.job("Another one", every=timedelta(hours=1))(page_schedule)
