"""What templates promise each other."""

from __future__ import annotations

import re
from pathlib import Path

from akcept.web import shell, statuses

WEB = Path(statuses.__file__).parent
ICONS = Path(__file__).parents[2] / "assets" / "src" / "icons.txt"


def test_every_icon_used_is_in_the_sprite() -> None:
    known = {line.split()[0] for line in ICONS.read_text().splitlines() if line.strip()}
    used = {look.icon for look in [*statuses.STATES.values(), *statuses.BADGES.values()]}
    used |= {icon for _, _, _, icon, _ in [*shell.WORK, *shell.KEEPING]}
    for template in WEB.rglob("*.html"):
        used |= set(
            re.findall(r'(?:{% icon |icon=|icon\|default:)"([\w-]+)"', template.read_text())
        )
    assert used - known == set()


def test_no_template_is_longer_than_a_page_or_styles_inline() -> None:
    for template in WEB.rglob("*.html"):
        text = template.read_text()
        assert len(text.splitlines()) <= 120, template
        assert not re.search(r'\sstyle="|<style|\son\w+="|<script>', text), template
