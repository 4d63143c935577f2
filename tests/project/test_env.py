from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from akcept.project.env import Environment, is_address


def given(**variables: str) -> Environment:
    return Environment(variables)


def test_a_database_is_a_file_by_default(tmp_path: Path) -> None:
    database = given().database("DATABASE_URL", default=tmp_path / "rows")
    assert database == {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "rows")}


def test_a_postgresql_address_is_taken_apart() -> None:
    url = "postgres://anna:p%40ss@db.example.com:5433/akcept?sslmode=require"
    database = given(DATABASE_URL=url).database("DATABASE_URL", default=Path("rows"))
    assert database["PASSWORD"] == "p@ss"
    assert database["PORT"] == "5433"
    assert database["OPTIONS"]["sslmode"] == "require"


def test_a_socket_folder_may_stand_for_the_host() -> None:
    url = "postgresql://postgres:@/postgres?host=/run/pg"
    database = given(DATABASE_URL=url).database("DATABASE_URL", default=Path("rows"))
    assert database["HOST"] == "/run/pg"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a/b",
        "akcept.sqlite3",
        "sqlite://",
        "postgres://host",
        "postgres://host:99999/name",
        "postgres://host/name?pool=9",
    ],
)
def test_another_database_is_refused_with_its_name_and_an_example(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_URL .*Example: DATABASE_URL=postgr"):
        given(DATABASE_URL=url).database("DATABASE_URL", default=Path("rows"))


def test_a_refusal_does_not_repeat_a_secret() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        given(DATABASE_URL="mysql://anna:hunter2@host/name").database(
            "DATABASE_URL", default=Path("rows")
        )
    assert "hunter2" not in str(refusal.value)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("x" * 60 + "\n")
    env = given(AKCEPT_SECRET_KEY_FILE=str(tmp_path / "key"))
    assert env.secret_key("AKCEPT_SECRET_KEY", kept_in=tmp_path / "made") == "x" * 60
    assert not (tmp_path / "made").exists()


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="AKCEPT_SECRET_KEY_FILE names an unreadable"):
        given(AKCEPT_SECRET_KEY_FILE=str(tmp_path / "none")).text("AKCEPT_SECRET_KEY", example="…")


def test_a_variable_and_its_file_together_are_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="both set"):
        given(KEY="a", KEY_FILE="/b").text("KEY", example="…")


def test_the_first_start_makes_a_key_and_the_next_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    made = given().secret_key("AKCEPT_SECRET_KEY", kept_in=path)
    assert len(made) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert given().secret_key("AKCEPT_SECRET_KEY", kept_in=path) == made


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="at least 50"):
        given(KEY="short").secret_key("KEY", kept_in=tmp_path / "key")


@pytest.mark.parametrize("value", ["0", "65536", "8000.5", "-1", "٨", "port"])
def test_a_port_is_a_port(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="AKCEPT_PORT must be a whole number from 1 to"):
        given(AKCEPT_PORT=value).whole("AKCEPT_PORT", default=8000, lowest=1, highest=65535)


@pytest.mark.parametrize("value", ["yes", "true", "2"])
def test_a_flag_is_one_or_nought(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="AKCEPT_DEMO must be 1 or 0"):
        given(AKCEPT_DEMO=value).flag("AKCEPT_DEMO", default=True)


@pytest.mark.parametrize(
    "url", ["example.com", "ftp://example.com", "https://example.com/akcept", "https://a@b.com"]
)
def test_the_address_is_a_scheme_and_a_host(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="AKCEPT_BASE_URL"):
        given(AKCEPT_BASE_URL=url).base_url("AKCEPT_BASE_URL", default="http://localhost")


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://mail.example.com", 587, True, False),
        ("smtp://mail.example.com?tls=full", 465, False, True),
        ("smtp://mail.example.com:2525?tls=none", 2525, False, False),
    ],
)
def test_mail_speaks_tls_unless_told_otherwise(
    url: str, port: int, *, starttls: bool, tls: bool
) -> None:
    mail = given(AKCEPT_MAIL_URL=url).mail("AKCEPT_MAIL_URL")
    assert mail["EMAIL_PORT"] == port
    assert mail["EMAIL_USE_TLS"] is starttls
    assert mail["EMAIL_USE_SSL"] is tls


@pytest.mark.parametrize(
    "url", ["smtp://", "http://mail", "smtp://mail?tls=yes", "smtp://mail?x=1"]
)
def test_other_mail_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="AKCEPT_MAIL_URL"):
        given(AKCEPT_MAIL_URL=url).mail("AKCEPT_MAIL_URL")


def test_files_may_stand_in_a_bucket() -> None:
    url = "s3://key:se%2Fcret@s3.example.com:9000/akcept?region=eu&tls=none"
    options = given(URL=url).storage("URL", folder=Path("files"))["OPTIONS"]
    assert options["endpoint_url"] == "http://s3.example.com:9000"
    assert options["secret_key"] == "se/cret"
    assert options["bucket_name"] == "akcept"


@pytest.mark.parametrize("url", ["s3://bucket", "s3://k:s@host", "ftp://x/y", "file://x"])
def test_another_store_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="URL must be file:///folder or s3://"):
        given(URL=url).storage("URL", folder=Path("files"))


@pytest.mark.parametrize(
    "value", ["akcept@example.com", "Akcept <akcept@example.com>", "a@localhost"]
)
def test_letters_come_from_an_address(value: str) -> None:
    assert is_address(value)


@pytest.mark.parametrize("value", ["akcept", "@example.com", "akcept@", "a b"])
def test_letters_come_from_nothing_else(value: str) -> None:
    assert not is_address(value)
