"""The words of a page of HTML: nothing of it is ever shown as what it is."""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = frozenset({"p", "div", "br", "li", "tr", "blockquote"})
UNSEEN = frozenset({"script", "style", "head", "title", "blockquote"})


def words(html: str) -> str:
    """Return the words of a page, without what it quotes and what nobody sees."""
    reader = _Words()
    reader.feed(html)
    return "".join(reader.kept)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a line with every block, and look away from what is unseen or quoted."""
        if tag in UNSEEN:
            self._unseen += 1
        if tag in BLOCKS:
            self.kept.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Look again."""
        if tag in UNSEEN and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self._unseen:
            self.kept.append(" ".join(data.split()) if data.strip() else " ")
