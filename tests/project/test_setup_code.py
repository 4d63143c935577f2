from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from akcept.kit import setup_code


@pytest.fixture(autouse=True)
def own_home(settings: Settings, tmp_path: Path) -> None:
    settings.AKCEPT_HOME = tmp_path


def test_the_code_is_good_however_it_is_typed() -> None:
    code = setup_code.make()
    assert setup_code.check(code)
    assert setup_code.check(f"  {code.lower().replace('-', ' ')} ")


def test_another_code_an_older_one_and_none_are_not(tmp_path: Path) -> None:
    assert not setup_code.check("")
    older = setup_code.make()
    newer = setup_code.make()
    assert not setup_code.check(older)
    assert newer not in (tmp_path / "setup_code").read_text()
    setup_code.forget()
    assert not setup_code.check(newer)
