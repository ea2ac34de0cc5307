"""Expressions of workflows, `${{ … }}`: the part of the language that the project's files use."""
from __future__ import annotations

import re
from typing import Any

TOKEN = re.compile(r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<number>\d+)|(?P<operator>==|!=|&&|\|\||[!().,])"
                   r"|(?P<name>[A-Za-z_][\w-]*))")


class Unsupported(Exception):
    """The stand-in knows no such thing; better said than guessed."""


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def tokenize(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if not match:
            raise Unsupported(f"expression: {text}")
        tokens.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return tokens


class Evaluation:
    def __init__(self, text: str, contexts: dict[str, Any]):
        self.text, self.contexts = text, contexts
        self.tokens, self.at = tokenize(text), 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, *wanted: str) -> str | None:
        kind, value = self.peek()
        if kind != "operator" or value not in wanted:
            return None
        self.at += 1
        return value

    def whole(self) -> Any:
        value = self.either()
        if self.at < len(self.tokens):
            raise Unsupported(f"expression: {self.text}")
        return value

    def either(self) -> Any:
        value = self.both()
        while self.take("||"):
            other = self.both()
            value = value or other
        return value

    def both(self) -> Any:
        value = self.comparison()
        while self.take("&&"):
            other = self.comparison()
            value = value and other
        return value

    def comparison(self) -> Any:
        value = self.unary()
        while operator := self.take("==", "!="):
            same = as_text(value).lower() == as_text(self.unary()).lower()
            value = same if operator == "==" else not same
        return value

    def unary(self) -> Any:
        if self.take("!"):
            return not self.unary()
        if self.take("("):
            value = self.either()
            self.take(")")
            return value
        kind, text = self.peek()
        self.at += 1
        if kind == "string":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return int(text)
        if kind != "name":
            raise Unsupported(f"expression: {self.text}")
        return self.named(text)

    def named(self, name: str) -> Any:
        if name in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[name]
        if self.take("("):
            if name in ("always", "success") and self.take(")"):
                return True
            raise Unsupported(f"function {name}() in: {self.text}")
        if name not in self.contexts:
            raise Unsupported(f"context {name} in: {self.text}")
        value = self.contexts[name]
        while self.take("."):
            value = value.get(self.peek()[1]) if isinstance(value, dict) else None
            self.at += 1
        return value


def evaluate(text: Any, contexts: dict[str, Any]) -> Any:
    """A condition, with or without `${{ }}`."""
    inner = re.fullmatch(r"\s*\$\{\{(.*)\}\}\s*", str(text))
    return Evaluation(inner.group(1) if inner else str(text), contexts).whole()


def expand(value: Any, contexts: dict[str, Any]) -> str:
    """A value with expressions in it, as text."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: as_text(Evaluation(match.group(1), contexts).whole()),
                  as_text(value))
