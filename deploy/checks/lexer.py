"""Cuts a query into tokens, for the two small grammars beside this file."""
import re


class Refused(Exception):
    """A query that the grammar does not know; says where and why."""


class Tokens:
    """The tokens of one query, read from left to right."""

    STRING = r'"(?:[^"\\\n]|\\.)*"|`[^`]*`'

    def __init__(self, text, pattern):
        self.text = text
        self.items = []
        position = 0
        scanner = re.compile(r"\s+|" + pattern, re.VERBOSE)
        while position < len(text):
            match = scanner.match(text, position)
            if not match or match.end() == position:
                raise Refused(f"unknown character at {text[position:position + 20]!r} in {text!r}")
            if match.lastgroup:
                self.items.append((match.lastgroup, match.group()))
            position = match.end()
        self.index = 0

    def peek(self, ahead=0):
        place = self.index + ahead
        return self.items[place] if place < len(self.items) else ("end", "")

    def next(self):
        token = self.peek()
        self.index += 1
        return token

    def at(self, *words):
        return self.peek()[1] in words and self.peek()[0] != "string"

    def accept(self, *words):
        return self.next()[1] if self.at(*words) else None

    def expect(self, *words):
        if not self.at(*words):
            raise Refused(f"expected {' or '.join(words)} before {self.rest()!r} in {self.text!r}")
        return self.next()[1]

    def kind(self, name):
        if self.peek()[0] != name:
            raise Refused(f"expected a {name} before {self.rest()!r} in {self.text!r}")
        return self.next()[1]

    def rest(self):
        return " ".join(text for _, text in self.items[self.index:self.index + 5])

    def end(self):
        if self.peek()[0] != "end":
            raise Refused(f"nothing expected before {self.rest()!r} in {self.text!r}")


def unquoted(token):
    """The text of a string token. Go refuses an escape that it does not know, as `\\.` in double quotes is one."""
    if token[0] == "`":
        return token[1:-1]
    body = token[1:-1]
    for escape in re.finditer(r"\\(.)", body):
        if escape.group(1) not in 'abfnrtvxuU\\"01234567':
            raise Refused(f"unknown escape {escape.group()!r} in {token}")
    return body.replace('\\"', '"').replace("\\\\", "\\")


def regular_expression(token):
    """Checks that RE2 would take it, as far as Python can tell."""
    text = unquoted(token)
    if re.search(r"\(\?(<?[=!])|\\[1-9]", text):
        raise Refused(f"RE2 has neither look-around nor back-references: {token}")
    try:
        re.compile(text)
    except re.error as error:
        raise Refused(f"no regular expression: {token}: {error}") from error
    return text
