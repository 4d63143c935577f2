from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError
from pytest_django import Settings

from akcept.journal import triggers
from akcept.people.models import Person, Role
from akcept.project import backup

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_store(settings: Settings, tmp_path: Path) -> None:
    options = {"location": str(tmp_path / "store")}
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": options}
    }


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    Person.objects.create_user(email="anna@example.com", name="Анна\tand a \\ backslash\n")
    storages["default"].save("ab/abcd", ContentFile(b"%PDF"))
    path = tmp_path / "akcept.tar.gz"
    backup.write(path, at=AT)
    return path


def empty() -> None:
    Person.objects.all().delete()
    Role.objects.all().delete()
    storages["default"].delete("ab/abcd")


def test_everything_comes_back(archive: Path) -> None:
    roles = Role.objects.count()
    empty()
    assert backup.restore(archive) == 1
    assert Person.objects.get().name == "Анна\tand a \\ backslash\n"
    assert Role.objects.count() == roles > 0
    with storages["default"].open("ab/abcd") as file:
        assert file.read() == b"%PDF"
    assert triggers.triggers_present()


def test_numbering_goes_on_after_the_last_row(archive: Path) -> None:
    empty()
    backup.restore(archive)
    last = max(ContentType.objects.values_list("pk", flat=True))
    assert ContentType.objects.create(app_label="akcept", model="new").pk == last + 1


def test_a_database_with_people_is_left_alone(archive: Path) -> None:
    with pytest.raises(CommandError, match="people in this database"):
        backup.restore(archive)
    assert Person.objects.count() == 1


def test_an_existing_archive_is_not_overwritten(archive: Path) -> None:
    with pytest.raises(CommandError, match="exists already"):
        backup.write(archive, at=AT)


@pytest.mark.parametrize("written", [b"", b"not an archive", b"\x1f\x8b cut off"])
def test_another_file_is_refused_in_words(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "holiday.tar.gz"
    path.write_bytes(written)
    with pytest.raises(CommandError, match="no archive of Akcept"):
        backup.restore(path)
