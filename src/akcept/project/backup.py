"""One archive of everything: the database as of one moment, then the files it speaks of.

Files are known by what they contain and never overwritten, so copying them after the database misses none. SQLite is
copied by its own online backup. PostgreSQL is read table by table with COPY inside one REPEATABLE READ transaction,
which needs no program beside Python and no stop.
"""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from akcept.journal import triggers
from akcept.people.models import Person

FORMAT = 1
MANIFEST = "manifest.json"


def write(path: Path, *, at: datetime) -> int:
    """Write an archive and return how many files it holds; an existing one is refused."""
    if path.exists():
        raise CommandError(f"{path} exists already")
    part = path.with_name(f"{path.name}.part")
    try:
        with tarfile.open(part, "w:gz", compresslevel=1) as archive:
            manifest = {"format": FORMAT, "database": connection.vendor, "at": at.isoformat()}
            manifest["migrations"] = sorted(_applied())
            _add(archive, MANIFEST, io.BytesIO(json.dumps(manifest).encode()))
            if connection.vendor == "sqlite":
                _write_sqlite(archive)
            else:
                _write_tables(archive)
            _add(archive, "end-of-database", io.BytesIO())
            count = _write_files(archive)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def restore(path: Path) -> int:
    """Fill an empty database and the store, then migrate; return how many files came back.

    A database with people in it, another kind of database, an archive of a later Akcept and any other file are refused.
    """
    with _opened(path) as archive:
        manifest = _manifest(archive)
        _refuse_unfit(manifest)
        if connection.vendor == "sqlite":
            _restore_sqlite(archive)
        else:
            _restore_tables(archive, manifest["migrations"])
        count = _restore_files(archive)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return count


def _opened(path: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(path, "r:gz")
    except (tarfile.TarError, EOFError) as error:
        raise CommandError(f"{path} is no archive of Akcept: {error}") from error


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    first = archive.next()
    if first is None or first.name != MANIFEST:
        raise CommandError("this is no archive of Akcept, or it is cut off")
    found: dict[str, Any] = json.load(_member(archive, first))
    return found


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def _refuse_unfit(manifest: dict[str, Any]) -> None:
    if manifest["format"] != FORMAT:
        raise CommandError("this archive was written by another version of Akcept")
    if manifest["database"] != connection.vendor:
        raise CommandError(f"this archive is of a {manifest['database']} database")
    known = MigrationExecutor(connection).loader.disk_migrations
    unknown = [name for app, name in manifest["migrations"] if (app, name) not in known]
    if unknown:
        raise CommandError(f"this archive was written by a later Akcept (it knows {unknown[0]})")
    tables = connection.introspection.table_names()
    if Person._meta.db_table in tables and Person.objects.exists():
        raise CommandError("there are people in this database already; restore into an empty one")


def _write_sqlite(archive: tarfile.TarFile) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        target = sqlite3.connect(copy)
        connection.ensure_connection()
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        target.close()
        archive.add(copy, "database/sqlite3")


def _restore_sqlite(archive: tarfile.TarFile) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        with copy.open("wb") as file:
            for member in _inside(archive, "database"):
                shutil.copyfileobj(_member(archive, member), file)
        source = sqlite3.connect(copy)
        connection.ensure_connection()
        source.backup(connection.connection)
        source.close()
    connection.close()


def _write_tables(archive: tarfile.TarFile) -> None:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in sorted(connection.introspection.table_names(cursor)):
            columns = [
                c.name for c in connection.introspection.get_table_description(cursor, table)
            ]
            with tempfile.TemporaryFile() as rows:
                with cursor.copy(f'COPY "{table}" ({_names(columns)}) TO STDOUT') as copy:
                    for data in copy:
                        rows.write(data)
                rows.seek(0)
                _add(archive, f"database/{table}", rows, {"akcept.columns": json.dumps(columns)})


def _restore_tables(archive: tarfile.TarFile, migrations: Iterable[Iterable[str]]) -> None:
    _migrate_to({(app, name) for app, name in migrations})
    call_command("createcachetable", verbosity=0)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        triggers.drop_triggers()
        tables = connection.introspection.table_names(cursor)
        cursor.execute(f"TRUNCATE {_names(tables)} RESTART IDENTITY")
        for member in _inside(archive, "database"):
            columns = json.loads(member.pax_headers["akcept.columns"])
            table = PurePosixPath(member.name).name
            with cursor.copy(f'COPY "{table}" ({_names(columns)}) FROM STDIN') as copy:
                rows = _member(archive, member)
                while data := rows.read(1 << 16):
                    copy.write(data)
        _continue_numbering(cursor)
        triggers.install_triggers()


def _migrate_to(wanted: set[tuple[str, str]]) -> None:
    """Make the tables as they were then; later migrations run over the rows, as in an upgrade."""
    if not _applied() <= wanted:
        raise CommandError("this database is of a later Akcept already; create a fresh one")
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    wanted = {key for key in wanted if key in nodes}
    executor.migrate([key for key in wanted if not wanted & {c.key for c in nodes[key].children}])


def _continue_numbering(cursor: Any) -> None:
    for table in connection.introspection.table_names(cursor):
        for sequence in connection.introspection.get_sequences(cursor, table):
            column = sequence["column"]
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), "  # noqa: S608
                f'coalesce(max("{column}"), 0) + 1, false) FROM "{table}"',
                [f'"{table}"', column],
            )


def _write_files(archive: tarfile.TarFile) -> int:
    count = 0
    for name in _stored(""):
        with storages["default"].open(name) as file:
            _add(archive, f"files/{name}", file)
        count += 1
    return count


def _restore_files(archive: tarfile.TarFile) -> int:
    count = 0
    store = storages["default"]
    for member in _inside(archive, "files"):
        name = str(PurePosixPath(member.name).relative_to("files"))
        if not store.exists(name):
            store.save(name, _member(archive, member))
        count += 1
    return count


def _stored(folder: str) -> Iterator[str]:
    try:
        folders, files = storages["default"].listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}".lstrip("/")
    for name in sorted(folders):
        yield from _stored(f"{folder}/{name}".lstrip("/"))


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _add(
    archive: tarfile.TarFile, name: str, file: IO[bytes], headers: dict[str, str] | None = None
) -> None:
    member = tarfile.TarInfo(name)
    member.pax_headers = headers or {}
    member.size = file.seek(0, io.SEEK_END)
    file.seek(0)
    archive.addfile(member, file)


def _inside(archive: tarfile.TarFile, folder: str) -> Iterator[tarfile.TarInfo]:
    """Yield the members of a folder from where the archive has been read to; the next one is read too."""
    while (member := archive.next()) and PurePosixPath(member.name).parts[0] == folder:
        yield member


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo | None) -> IO[bytes]:
    file = archive.extractfile(member) if member else None
    if file is None:
        raise CommandError("this is no archive of Akcept, or it is cut off")
    return file
