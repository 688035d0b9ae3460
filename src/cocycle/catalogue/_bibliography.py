"""The entries of `references.bib` as readable lines."""

import re
from collections.abc import Iterator
from importlib.resources import files

__all__ = ["bibliography"]

_ACCENTS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "c": "\u0327", "v": "\u030c"}


def bibliography() -> dict[str, str]:
    """Key -> "Authors: Title. Journal volume, pages (year)."."""
    return {key: _line(fields) for key, fields in _entries((files("cocycle") / "references.bib").read_text("utf-8"))}


def _entries(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for match in re.finditer(r"^@\w+\{([^,\s]+),", text, re.M):
        end = text.find("\n}", match.end())
        body = text[match.end() : end if end >= 0 else len(text)]
        fields = {name.lower(): _value(body[start:]) for name, start in _fields(body)}
        yield match[1], fields


def _fields(body: str) -> Iterator[tuple[str, int]]:
    depth = 0
    for match in re.finditer(r"[{}]|(\w+)\s*=\s*(?=[{\"\d])", body):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif depth == 0:
            yield match[1], match.end()


def _value(text: str) -> str:
    """The value at the start of `text`: in braces, in quotes, or a bare number."""
    if text[0] != "{":
        return text[1 : text.index('"', 1)] if text[0] == '"' else re.match(r"\d+", text)[0]  # type: ignore[index]
    depth = 0
    for i, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return _plain(text[1:i])
    return _plain(text[1:])


_LETTERS: dict[str, str] = {
    r"\o": "ø", r"\O": "Ø", r"\l": "ł", r"\L": "Ł", r"\ae": "æ", r"\aa": "å", r"\ss": "ß", r"\i": "i", r"\&": "&",
}  # fmt: skip


def _plain(text: str) -> str:
    """TeX's accents, letters and braces as plain characters; formulas as they are."""
    import unicodedata

    parts = re.split(r"(\$[^$]*\$)", " ".join(text.split()))
    for i in range(0, len(parts), 2):
        part = re.sub(r"\\([\"'`^~cv])\s*\{?\\?([a-zA-Z])\}?", lambda m: m[2] + _ACCENTS[m[1]], parts[i])
        part = re.sub(r"\\(?:ae|aa|ss|[oOlLi](?![a-zA-Z])|&)", lambda m: _LETTERS[m[0]], part)
        parts[i] = unicodedata.normalize("NFC", re.sub(r"[{}]", "", part).replace("--", "\N{EN DASH}"))
    return "".join(parts)


def _line(fields: dict[str, str]) -> str:
    authors = fields.get("author", fields.get("editor", "")).split(" and ")
    names = [" ".join(reversed(name.split(", ", 1))) if ", " in name else name for name in authors]
    who = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    where = fields.get("journal") or fields.get("booktitle") or fields.get("publisher") or fields.get("school") or ""
    volume = f" {fields['volume']}" if "volume" in fields else ""
    pages = f", {fields['pages']}" if "pages" in fields else ""
    link = f" [doi](https://doi.org/{fields['doi']})" if "doi" in fields else ""
    return f"{who}: {fields.get('title', '')}. {where}{volume}{pages} ({fields.get('year', 'no year')}).{link}"
