"""The small site of `pages`, with a database of its own."""

import pytest

from tests.core.documents import pages, trial


@pytest.fixture
def trial_site(settings, tmp_path):
    settings.ROOT_URLCONF = "tests.core.documents.pages"
    settings.FILES_DIR = tmp_path / "files"
    pages.SAVED.clear()


@pytest.fixture
def remark(real_db) -> trial.Remark:
    trial.make_table()
    return trial.Remark.objects.create(title="Crime", text="<p>Crime rose by 2.9 per cent.</p>")
