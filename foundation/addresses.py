"""Numbers in addresses: the key of a row, or the number of a version."""

import re

from django.urls.converters import IntConverter

# Eighteen digits fit a column on every database; whatever is longer names no row.
_KEY = "[0-9]{1,18}"


def key_of(text: str) -> int | None:
    """The key that `text` names, None where it can name none."""
    return int(text) if re.fullmatch(_KEY, text) else None


class Key(IntConverter):
    """`<key:pk>` in an address: one that no row can have is an address of nothing, on any view."""

    regex = _KEY
