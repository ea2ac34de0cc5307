"""Is the link that `scribelint fix` writes the one that staff wrote by hand later?

The lecture of a pull request is the one that prs.tsv names, its row is found here by the date in the
module pages, and both without the program under test.
"""
from __future__ import annotations

import concurrent.futures
import os
import re
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from runs import CACHE, TIMEOUT_SECONDS, Task, clean_environment, git

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATE = re.compile(r"^(%s)[a-z]*\.? +(\d+) *$" % "|".join(MONTHS), re.IGNORECASE)
LINK = re.compile(r"\[([^\]\n]*notes?[^\]\n]*)\]\(([^)\n]*)\)(\{:[^}\n]*\})?", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
MODULES = "_modules"


@dataclass(frozen=True)
class Link:
    """A link to notes in a row: where, to what, and its bytes with the separator before them."""
    page: str
    target: str
    written: str


@dataclass
class Comparison:
    verdict: str  # agree, no edit, never linked, linked before, no note, differs, failed
    reason: str = ""
    equal: bool = False  # byte for byte, separator and wording included


def text_of(data):
    return (data or b"").decode("utf-8", "replace")


def row_links(page, text, month, day):
    """The links to notes, placeholders left out, in the row of that day."""
    links, inside = [], False
    for line in COMMENT.sub("", text).splitlines():
        date = DATE.match(line)
        if date:
            inside = (MONTHS.index(date.group(1).lower()) + 1, int(date.group(2))) == (month, day)
        for found in LINK.finditer(line) if inside else ():
            before = line[:found.start()]
            written = before[max(before.rfind(")"), before.rfind("}")) + 1:] + found.group(0)
            if found.group(2) not in ("", "#"):
                links.append(Link(page, found.group(2), written))
    return links


def links_at(repo, revision, lecture, environment=None):
    """The same for every module page of a revision; with "" of the index."""
    month, day = map(int, lecture.split("-"))
    listed = (git(repo, "ls-tree", "-r", "--name-only", revision, f"{MODULES}/") if revision
              else run_git(repo, environment, "ls-files", f"{MODULES}/"))
    links = []
    for page in text_of(listed).splitlines():
        content = (git(repo, "show", f"{revision}:{page}") if revision
                   else run_git(repo, environment, "show", f":{page}"))
        links += row_links(page, text_of(content), month, day)
    return links


def run_git(repo, environment, *words, data=None):
    done = subprocess.run(["git", "-C", str(CACHE / f"{repo}.git"), *words], capture_output=True,
                          env=environment, input=data)
    if done.returncode:
        raise ValueError(text_of(done.stderr).strip().split("\n")[0])
    return done.stdout


def staff_links(row):
    """What main's row has in the first commit behind the base that links a note, and at the tip."""
    commits = text_of(git(row["repo"], "rev-list", "--first-parent", "--reverse",
                          f"{row['base']}..main", "--", MODULES)).split()
    first = next((links for commit in commits
                  if (links := links_at(row["repo"], commit, row["lecture"]))), [])
    return first, links_at(row["repo"], "main", row["lecture"])


def added_notes(row):
    """Files that the change brings, schedule left out; by their new names."""
    base = text_of(git(row["repo"], "merge-base", row["base"], row["head"])).strip()
    names = text_of(git(row["repo"], "diff", "--name-only", "--diff-filter=AR", base, row["head"]))
    return [name for name in names.splitlines() if not name.startswith(f"{MODULES}/")]


def fix_patch(program, row):
    words = [str(program.path), "fix", "--diff", "-C", str(CACHE / f"{row['repo']}.git"),
             "--base", row["base"], "--head", row["head"]]
    words += ["--config", str(program.config)] if program.config else []
    done = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL,
                          env=clean_environment(), timeout=TIMEOUT_SECONDS)
    if done.returncode:
        raise ValueError(f"exit status {done.returncode}: {text_of(done.stderr).strip()[:150]}")
    return done.stdout


def mended_links(program, row):
    """(links in the row once the patch is applied, files of that tree). Nothing stays behind."""
    patch = fix_patch(program, row)
    with tempfile.TemporaryDirectory() as folder:
        objects = CACHE / f"{row['repo']}.git" / "objects"
        (Path(folder) / "objects").mkdir()
        environment = {**clean_environment(), "GIT_INDEX_FILE": str(Path(folder) / "index"),
                       "GIT_OBJECT_DIRECTORY": str(Path(folder) / "objects"),
                       "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(objects)}
        run_git(row["repo"], environment, "read-tree", row["head"])
        if patch.strip():
            run_git(row["repo"], environment, "apply", "--cached", "-", data=patch)
        files = text_of(run_git(row["repo"], environment, "ls-files")).splitlines()
        return links_at(row["repo"], "", row["lecture"], environment), files


def compare(program, row):
    notes = added_notes(row)
    if not notes:
        return Comparison("no note", "the change adds none")
    first, tip = staff_links(row)
    old = links_at(row["repo"], row["head"], row["lecture"])
    new, files = mended_links(program, row)
    added = [link for link in new if link not in old]
    missing = [link.target for link in added if link.target not in files]
    if missing:
        return Comparison("differs", f"links {', '.join(missing)}, which is not there")
    if not added and old:
        return Comparison("linked before", f"the head's row links {old[0].target}")
    if not added:
        why = f"staff linked {first[0].target}" if first else "nor did staff"
        said = sorted({f["rule"] for f in program.run(Task(row["repo"], row["head"], row["base"])).findings
                       if f["path"] in notes and f["state"] == "introduced"})
        return Comparison("no edit", f"{', '.join(notes)} ({', '.join(said) or 'nothing said'}): {why}")
    wanted = {(link.page, link.target) for link in first + tip}
    if not wanted:
        return Comparison("never linked", f"fix links {added[0].target}, staff never did")
    if not any((link.page, link.target) in wanted for link in added):
        return Comparison("differs", f"fix: {added[0].target}; staff: {sorted(wanted)}")
    equal = [link for link in added if link in first + tip]
    reason = "" if equal else f"fix {added[0].written!r}; staff {(first + tip)[0].written!r}"
    return Comparison("agree", reason, bool(equal))


def try_compare(program, row):
    try:
        return compare(program, row)
    except (ValueError, subprocess.TimeoutExpired) as error:
        return Comparison("failed", str(error))


def compare_all(corpus, program):
    """[(row, Comparison)] for the pull requests of courses with module pages."""
    rows = [row for row in corpus.pull_requests if re.fullmatch(r"\d+-\d+", row["lecture"])]
    with concurrent.futures.ThreadPoolExecutor(program.jobs) as pool:
        return list(zip(rows, pool.map(lambda row: try_compare(program, row), rows)))


def report_links(corpus, program, options):
    """Every pull request with a note of a known lecture: the link that fix writes, and the staff's."""
    compared = compare_all(corpus, program)
    print("\nLinks (what fix writes into the schedule, and what staff wrote later)\n")
    for row, found in compared:
        words = found.verdict + (", byte for byte" if found.equal else "")
        print(f"{row['repo']} {row['pr']:>3}  {row['lecture']:>5}  {words:<22}  {found.reason}".rstrip())
    counts = Counter(found.verdict for _, found in compared)
    equal = sum(found.equal for _, found in compared)
    print(", ".join(f"{verdict}: {count}" for verdict, count in counts.most_common()))
    good = not counts["differs"] and not counts["failed"]
    return f"{counts['agree']} links as staff wrote them, {equal} of them byte for byte", good
