"""People who make papers, and files in a folder of the test's own."""

import pytest

from tests.factories.paper_making import people


@pytest.fixture
def who(db):
    return people()


@pytest.fixture
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR
