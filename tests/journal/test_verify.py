from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.exported import (
    FIRST_CASE,
    SCRIPT,
    SECOND_CASE,
    Line,
    exported,
    kept_seals,
    load_script,
    parsed,
    rehashed,
    write_journal,
    written,
)

verify = load_script()
Verdict = Callable[..., tuple[int, str]]
Break = Callable[[list[Line]], object]


@pytest.fixture
def journal(db: None) -> bytes:
    write_journal()
    return exported()


@pytest.fixture
def verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verdict:
    """Run verify.py over an export and return its exit code and words."""

    def run(data: bytes, *, kept: str | None = None) -> tuple[int, str]:
        file, kept_file = tmp_path / "journal.jsonl", tmp_path / "seals.txt"
        file.write_bytes(data)
        arguments = [str(file)]
        if kept is not None:
            kept_file.write_text(kept)
            arguments += ["--seals", str(kept_file)]
        code: int = verify.main(arguments)
        return code, capsys.readouterr().out

    return run


def test_an_export_is_consistent(journal: bytes, verdict: Verdict) -> None:
    code, words = verdict(journal)
    assert code == 0
    assert "7 entries: consistent; completeness not proven" in words


def test_kept_seals_prove_that_an_export_is_complete(journal: bytes, verdict: Verdict) -> None:
    code, words = verdict(journal, kept=kept_seals())
    assert (code, words) == (
        0,
        "7 entries: consistent and complete up to the seal of 2026-03-03\n"
        "private values removed under 'GDPR-17': 1\n",
    )


def test_the_last_kept_seal_is_enough(journal: bytes, verdict: Verdict) -> None:
    assert verdict(journal, kept=kept_seals().splitlines()[-1])[0] == 0


@pytest.mark.django_db
def test_an_empty_journal_is_consistent(verdict: Verdict) -> None:
    assert verdict(exported())[0] == 0


def test_the_script_runs_alone(journal: bytes, tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    file.write_bytes(journal)
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(file)]
    ran = subprocess.run(command, capture_output=True, check=False)
    assert ran.returncode == 0
    assert ran.stdout.startswith(b"7 entries: consistent")


def test_the_script_is_written_for_python_3_9() -> None:
    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 9))
    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    assert imported <= sys.stdlib_module_names


def changed_private(lines: list[Line]) -> None:
    lines[0]["private"]["data.text"][1] = "нет"


def shortened_private(lines: list[Line]) -> None:
    """Move the first letters of a text into its salt: the bytes that are hashed stay the same."""
    private = lines[1]["private"]["data.text"]
    salt, text = private
    private[:] = [salt + text[:2].encode().hex(), text[2:]]


def spaced_salt(lines: list[Line]) -> None:
    private = lines[0]["private"]["data.text"]
    private[0] = private[0].upper() + " "


BREAKS: list[tuple[str, Break, str]] = [
    ("a changed word", lambda lines: lines[0].update(body=lines[0]["body"].replace("COMM", "PAYM")), "entry 1: its text"),
    ("an entry removed in the middle", lambda lines: lines.pop(1), "entry 3: entry 2 before it is missing"),
    ("a first entry removed", lambda lines: lines.pop(0), "entry 2: entry 1 before it is missing"),
    ("swapped entries", lambda lines: lines.insert(0, lines.pop(1)), "entry 2: entry 1 before it is missing"),
    ("swapped chains", lambda lines: lines.insert(0, lines.pop(4)), "out of order"),
    ("a duplicated entry", lambda lines: lines.insert(1, lines[0]), "entry 1: stands twice"),
    ("a rewritten entry", lambda lines: lines.insert(0, rehashed(lines.pop(0), kind="PAID")), "entry 2: does not follow"),
    ("a changed private value", changed_private, "private value data.text was changed"),
    ("a private value cut from its front", shortened_private, "private value data.text was changed"),
    ("a salt written otherwise", spaced_salt, "private value data.text was changed"),
    ("a private value removed under no rule", lambda lines: lines[0]["private"].update({"data.text": {"removed": 1}}), "private value data.text was changed"),
    ("a private value left out", lambda lines: lines[0]["private"].pop("actor.name"), "actor.name is missing"),
    ("a removed tail", lambda lines: lines.__delitem__(slice(2, 4)), "seal of 2026-03-03): covers 1 chains, 0"),
    ("a removed chain", lambda lines: lines.pop(4), "seal of 2026-03-02): covers 2 chains, 1"),
    ("a head moved to another seal", lambda lines: lines[4].update(seal=2), "seal of 2026-03-02): covers 2 chains, 1"),
    ("a rewritten last entry", lambda lines: lines.insert(4, rehashed(lines.pop(4), kind="PAID")), "seal of 2026-03-02): an entry that it covers was changed"),
    ("seals removed", lambda lines: lines.__delitem__(slice(5, 7)), "entry 1: this seal is missing"),
    ("another format", lambda lines: lines.insert(0, rehashed(lines.pop(0), v=2)), "not in format 1"),
    ("no entry at all", lambda lines: lines.insert(0, {"body": 1}), "line 2: not an entry"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("break_it", "words"), [pytest.param(*row[1:], id=row[0]) for row in BREAKS]
)
def test_a_forger_is_found_out(
    journal: bytes, verdict: Verdict, break_it: Break, words: str
) -> None:
    lines = parsed(journal)
    break_it(lines)
    code, said = verdict(written(journal.splitlines()[0], lines))
    assert code == 1
    assert words in said


def test_the_broken_entry_is_named(journal: bytes, verdict: Verdict) -> None:
    lines = parsed(journal)
    lines[4]["hash"] = "0" * 64
    said = verdict(written(journal.splitlines()[0], lines))[1]
    assert f"BROKEN: chain CASE {SECOND_CASE}, entry 1: " in said


def test_a_journal_rewritten_from_end_to_end_does_not_match_the_kept_seals(
    journal: bytes, verdict: Verdict
) -> None:
    lines = [line for line in parsed(journal) if str(FIRST_CASE) not in line["body"]]
    first = rehashed(lines[1], data={"day": "2026-03-02", "heads": 1, "root": root_of(lines[0])})
    empty = {"day": "2026-03-03", "heads": 0, "root": verify.sha256(b"")}
    second = rehashed(lines[2], prev=first["hash"], data=empty)
    forged = written(journal.splitlines()[0], [lines[0], first, second])
    assert verdict(forged)[0] == 0
    code, said = verdict(forged, kept=kept_seals())
    assert code == 1
    assert "entry 1 (seal of 2026-03-02): not the seal that was kept" in said


def root_of(line: Line) -> str:
    root: str = verify.sha256(f"{SECOND_CASE} 1 {line['hash']}\n".encode())
    return root


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("2026-03-09 9 " + "0" * 64, "seal of 2026-03-09): missing in the export"),
        ("2026-03-02 1 " + "0" * 64, "seal of 2026-03-02): not the seal that was kept"),
        ("nonsense", "expected day, number and hash"),
        ("", "no seal in it"),
    ],
)
def test_kept_seals_that_do_not_fit_prove_nothing(
    journal: bytes, verdict: Verdict, kept: str, words: str
) -> None:
    code, said = verdict(journal, kept=kept)
    assert code == 1
    assert words in said


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "line 1: the file is cut off"),
        (b"Dear auditor,\n", "line 1: not the JSON"),
        (b"[]\n", "line 1: not a JSON object"),
        (b'{"format":"akcept-journal","version":2,"made_at":0}\n', "line 1: not an akcept-journal"),
        (b'{"format":"akcept-journal","version":1,"made_at":0}\n', "line 2: the file is cut off"),
    ],
)
def test_a_file_that_is_no_export_is_refused(verdict: Verdict, file: bytes, words: str) -> None:
    code, said = verdict(file)
    assert code == 1
    assert words in said


def test_a_file_that_is_not_there_is_not_called_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        verify.main([str(tmp_path / "none")])
    assert ended.value.code == 2
    assert "cannot read" in capsys.readouterr().err


def test_an_export_cut_off_anywhere_is_broken(journal: bytes, verdict: Verdict) -> None:
    cuts = [0, *range(1, len(journal), 97), len(journal) - 1]
    assert {verdict(journal[:cut])[0] for cut in cuts} == {1}


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_changed_character_is_found(
    journal: bytes, verdict: Verdict, data: st.DataObject
) -> None:
    text = journal.decode()
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(
        st.sampled_from(["", " ", "\n", "0", "a", "Я", '"', text[place] * 2])
        | st.characters(exclude_categories=["Cs"])
    )
    if sign != text[place]:
        assert verdict((text[:place] + sign + text[place + 1 :]).encode())[0] == 1
