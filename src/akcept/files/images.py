"""Pictures, opened with an eye on what they would unfold to."""

from __future__ import annotations

from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

# A sheet of A3 at 600 dots per inch has 70 million.
MOST_PIXELS = 100_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "TIFF")


class BrokenImage(Exception):
    """This is no readable picture."""


def size(content: BinaryIO) -> tuple[int, int]:
    """Return width and height without unfolding a picture; refuses a broken or a monstrous one."""
    with _opened(content) as image:
        return image.size


def thumbnail(content: BinaryIO, *, longest_side: int) -> Image.Image:
    """Return a small picture of a picture; refuses a broken or a monstrous one."""
    with _opened(content) as image:
        # JPEG can be read at a fraction of its size.
        image.draft("RGB", (longest_side, longest_side))
        try:
            small = image.convert("RGBA" if "A" in image.getbands() else "RGB")
        except (OSError, ValueError, SyntaxError) as error:
            raise BrokenImage from error
    small.thumbnail((longest_side, longest_side))
    return small


def _opened(content: BinaryIO) -> Image.Image:
    content.seek(0)
    try:
        image = Image.open(content, formats=FORMATS)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise BrokenImage from error
    width, height = image.size
    if width * height > MOST_PIXELS:
        image.close()
        raise BrokenImage
    return image
