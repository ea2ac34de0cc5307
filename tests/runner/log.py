"""What the runner makes of a step's log: workflow commands, and of those the annotations.

After actions/runner: src/Runner.Common/ActionCommand.cs, src/Runner.Worker/ActionCommandManager.cs
and ExecutionContext.cs.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST_OF_A_LEVEL = 10
MESSAGE_LIMIT = 4096
LEVELS = ("error", "warning", "notice")
COMMANDS = {*LEVELS, "debug", "group", "endgroup", "echo", "add-mask", "add-matcher",
            "remove-matcher", "set-env", "set-output", "save-state", "add-path", "stop-commands",
            "internal-set-repo-path"}


@dataclass
class Command:
    name: str
    properties: dict[str, str]
    data: str


def unescape(text: str, *more: tuple[str, str]) -> str:
    for escape, byte in (*more, ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(escape, byte)
    return text


def read_properties(text: str, separator: str, *more: tuple[str, str]) -> dict[str, str]:
    pairs = (pair.split("=", 1) for pair in text.split(separator) if "=" in pair)
    return {name.strip(): unescape(value, *more) for name, value in pairs}


def read_command(line: str, known: set[str]) -> Command | None:
    """`::name properties::data` after white space, or `##[name properties]data` anywhere."""
    trimmed = line.lstrip()
    end = trimmed.find("::", 2)
    if trimmed.startswith("::") and end >= 0:
        name, _, properties = trimmed[2:end].partition(" ")
        if name.lower() in known:
            return Command(name.lower(), read_properties(properties, ",", ("%3A", ":"), ("%2C", ",")),
                           unescape(trimmed[end + 2:]))
    start = line.find("##[")
    end = line.find("]", start)
    if start >= 0 and end >= 0:
        name, _, properties = line[start + 3:end].partition(" ")
        if name.lower() in known:
            return Command(name.lower(), read_properties(properties, ";", ("%3B", ";"), ("%5D", "]")),
                           unescape(line[end + 1:], ("%3B", ";"), ("%5D", "]")))
    return None


@dataclass
class Annotation:
    level: str
    message: str
    path: str = ""
    title: str = ""
    line: int = 0
    end_line: int = 0
    column: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}"
        if self.end_line > self.line:
            place += f"-{self.end_line}"
        if self.column:
            place += f":{self.column}-{self.end_column}"
        message = self.message.replace("\n", "\\n").replace("\r", "\\r")
        return f"{self.level} {place or '.'} {self.title or '-'}: {message}"


def read_number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d+", text) else 0


def read_annotation(command: Command) -> Annotation:
    get = command.properties.get
    line, end_line = read_number(get("line")), read_number(get("endLine"))
    column, end_column = read_number(get("col")), read_number(get("endColumn"))
    line = line or end_line
    column = column or end_column
    if not line or (end_line and line != end_line):
        column = end_column = 0
    if end_line and end_line < line:
        line = end_line = 0
    if end_column and end_column < column:
        column = end_column = 0
    return Annotation(command.name, command.data[:MESSAGE_LIMIT], get("file", ""), get("title", ""),
                      line, end_line or line, column, end_column or column)


@dataclass
class Log:
    """Of one step; those of a composite action share one."""
    text: str = ""
    annotations: list[Annotation] = field(default_factory=list)  # those that are shown
    lost: int = 0  # annotations over the budget
    commands: list[Command] = field(default_factory=list)  # all others
    stopped: str = ""

    def add(self, text: str) -> None:
        self.text += text
        for line in re.split(r"\r\n|\r|\n", text):
            self.add_line(line)

    def add_line(self, line: str) -> None:
        if self.stopped:
            if read_command(line, {self.stopped.lower()}):
                self.stopped = ""
            return
        command = read_command(line, COMMANDS)
        if not command:
            return
        if command.name in LEVELS:
            self.add_annotation(read_annotation(command))
            return
        self.commands.append(command)
        if command.name == "stop-commands":
            self.stopped = command.data

    def add_annotation(self, annotation: Annotation) -> None:
        same = sum(other.level == annotation.level for other in self.annotations)
        if same < MOST_OF_A_LEVEL:
            self.annotations.append(annotation)
        else:
            self.lost += 1
