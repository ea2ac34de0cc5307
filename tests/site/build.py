"""Build a revision of a course site with Jekyll, as GitHub Pages would, and a stub for its theme."""
from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
TIMEOUT_SECONDS = 120
TEXTS = {".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm", ".yml", ".yaml", ".csv",
         ".json", ".scss", ".sass", ".css", ".xml", ".txt", ""}
# What GitHub turns on, as far as it makes or moves pages; jekyll-redirect-from where a site asks.
GITHUB_PLUGINS = ["jekyll-relative-links", "jekyll-optional-front-matter", "jekyll-readme-index",
                  "jekyll-paginate"]
PLUGINS = [*GITHUB_PLUGINS, "jekyll-redirect-from"]


@dataclass
class Build:
    """What Jekyll made; `failure` says why it made nothing."""
    folder: Path
    baseurl: str = ""
    host: str = ""
    pages: dict = field(default_factory=dict)     # source -> built file
    expanded: dict = field(default_factory=dict)  # source -> {destination as written: expanded}
    failure: str = ""


def clean_environment():
    return {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}


def git(repository, *words, data=None):
    return subprocess.run(["git", "-C", str(repository), *words], input=data, check=True,
                          capture_output=True, env=clean_environment()).stdout


def export(repository, revision, folder):
    """Writes the tree; pictures and the like as a single byte, since only their names matter."""
    listed = git(repository, "ls-tree", "-r", "-z", "--full-tree", revision).decode("utf-8", "surrogateescape")
    entries = [line.split("\t", 1) for line in listed.split("\0") if line]
    texts = []
    for head, name in entries:
        mode, _, blob = head.split()
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if mode == "120000":
            path.symlink_to(git(repository, "cat-file", "blob", blob).decode())
        elif mode.startswith("100"):
            path.write_bytes(b"x")
            if path.suffix.lower() in TEXTS:
                texts.append((path, blob))
    answer = git(repository, "cat-file", "--batch", data="\n".join(b for _, b in texts).encode())
    for path, _ in texts:
        head, answer = answer.split(b"\n", 1)
        size = int(head.split()[2])
        path.write_bytes(answer[:size])
        answer = answer[size + 1:]


def theme(folder):
    """A layout that adds nothing for every one that is named and not there."""
    layouts, includes = folder / "_layouts", folder / "_includes"
    for path in [*folder.rglob("*.md"), *folder.rglob("*.html"), folder / "_config.yml"]:
        text = path.read_text("utf-8", "replace") if path.is_file() else ""
        for name in re.findall(r"^\s*layout:\s*[\"']?([\w-]+)", text, re.MULTILINE):
            stub = layouts / f"{name}.html"
            if not stub.exists():
                stub.parent.mkdir(exist_ok=True)
                stub.write_text("{{ content }}\n")
    return layouts, includes


def settings_of(folder):
    """(text of _config.yml, whether GitHub's plug-ins are on)"""
    config, gemfile = folder / "_config.yml", folder / "Gemfile"
    text = config.read_text("utf-8", "replace") if config.is_file() else ""
    gems = re.findall(r"^[^#\n]*\bgem\s*\(?[\"']([\w-]+)", gemfile.read_text(), re.MULTILINE) if gemfile.is_file() else []
    return text, not gemfile.is_file() or "github-pages" in gems, gems


def write_overrides(folder, path):
    text, github, gems = settings_of(folder)
    named = [name for name in PLUGINS if re.search(rf"^\s*-?\s*.*\b{name}\b", text, re.MULTILINE) or name in gems]
    plugins = [*(GITHUB_PLUGINS if github else []), *named]
    path.write_text(json.dumps({"plugins": list(dict.fromkeys(plugins)), "theme": None, "future": True,
                                "incremental": False, "quiet": True, "disable_disk_cache": True}))
    return text


def build(folder, work, questions):
    """Builds the tree in `folder`; everything else goes into `work`."""
    theme(folder)
    overrides, asked, answers = work / "overrides.yml", work / "questions.json", work / "answers.json"
    asked.write_text(json.dumps(questions))
    write_overrides(folder, overrides)
    built = Build(work / "site")
    configs = [str(path) for path in (folder / "_config.yml", overrides) if path.is_file()]
    (work / "plugins").mkdir(exist_ok=True)
    shutil.copy(HERE / "probe.rb", work / "plugins")
    words = ["jekyll", "build", "--source", str(folder), "--destination", str(built.folder), "--trace",
             "--config", ",".join(configs), "--plugins", str(work / "plugins")]
    done = subprocess.run(words, capture_output=True, timeout=TIMEOUT_SECONDS, cwd=work, stdin=subprocess.DEVNULL,
                          env={**clean_environment(), "PROBE_QUESTIONS": str(asked), "LC_ALL": "C.UTF-8",
                               "PROBE_ANSWERS": str(answers), "BUNDLE_GEMFILE": "", "JEKYLL_NO_BUNDLER_REQUIRE": "1"})
    if done.returncode or not answers.is_file():
        lines = (done.stderr + done.stdout).decode("utf-8", "replace").split("\n")
        said = [line.strip() for line in lines if re.search(r"Exception|Error|rror:", line)]
        built.failure = (said or lines)[0][:200] or "no answer"
        return built
    told = json.loads(answers.read_text())
    built.pages, built.expanded = dict(told["pages"]), told["expanded"]
    built.baseurl, built.host = told["baseurl"], told["host"]
    return built
