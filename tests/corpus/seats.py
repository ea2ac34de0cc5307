"""Do the three seats give one verdict? The hook, the check on GitHub and a reviewer, on the same trees.

For each pull request its base and head are put before the program in the ways people do: staged in a
clone, as the merge commit of GitHub in a shallow clone with the command line of the action, and as a
range and by number in a clone that has all. Then GitHub and the reviewer once more, on the tip that
the target had when the pull request was taken.
"""
from __future__ import annotations

import concurrent.futures
import json
import os
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from runs import CACHE, TIMEOUT_SECONDS, clean_environment, git

HOOK = "the hook"
IDENTITY = {"GIT_AUTHOR_NAME": "GitHub", "GIT_AUTHOR_EMAIL": "noreply@example.org",
            "GIT_COMMITTER_NAME": "GitHub", "GIT_COMMITTER_EMAIL": "noreply@example.org"}


# What commits tell: before there is one, the hook cannot know.
RULES_ABOUT_COMMITS = ("note-late", "note-late-revision")


class Broken(Exception):
    """A step that has to work did not; the message names it."""


@dataclass
class Outcome:
    """Of one pull request: what disagreed, and why some of it was not compared."""
    differences: list
    verdicts: int = 0  # seats that said something, each time
    moved: str = ""    # moved, same or conflict
    no_commits: bool = False  # something is found that only commits tell


def word(repo, *words):
    """What a git command in the cached repository prints, "" when it failed."""
    return (git(repo, *words) or b"").decode().strip()


def run(words, where, status=0):
    done = subprocess.run(words, cwd=where, capture_output=True, text=True,
                          env={**clean_environment(), **IDENTITY}, timeout=TIMEOUT_SECONDS)
    if done.returncode > status:
        raise Broken(f"{' '.join(map(str, words[:6]))}: {done.stderr.strip()[:200]}")
    return done.stdout.strip()


def verdict(program, where, *sides):
    """The JSON report without the names of the sides."""
    words = [str(program.path), "check", *sides, "--format", "json"]
    words += ["--config", str(program.config)] if program.config else []
    report = json.loads(run(words, where, status=1))
    for name in ("base", "head"):
        report.pop(name, None)
    return report


def is_about_commits(report):
    return any(finding["rule"] in RULES_ABOUT_COMMITS for finding in report["findings"])


def without_commits(report):
    """What is left of it, and of its counts and id nothing, for a comparison with the hook's."""
    findings = [f for f in report["findings"] if f["rule"] not in RULES_ABOUT_COMMITS]
    return {**report, "findings": findings, "summary": None, "verdict": "not compared"}


def first_difference(left, right):
    left, right = (json.dumps(report, indent=1, sort_keys=True) for report in (left, right))
    for one, other in zip(left.splitlines(), right.splitlines()):
        if one != other:
            return f"{one.strip()[:90]} | {other.strip()[:90]}"
    return "one goes on" if left != right else ""


def hook(program, repo, base, head, folder):
    """A student's clone at the base, with the head in the index."""
    clone = Path(folder, "student")
    run(["git", "clone", "-q", "--shared", "--no-checkout", str(CACHE / f"{repo}.git"), str(clone)], folder)
    run(["git", "update-ref", "--no-deref", "HEAD", base], clone)
    run(["git", "read-tree", head], clone)
    return verdict(program, clone, "--staged")


def action(program, repo, base, head, tree, folder):
    """The merge commit, fetched as deep as .github/action/check.sh does, into an empty repository."""
    server, runner = Path(folder, f"server-{base}"), Path(folder, f"runner-{base}")
    run(["git", "clone", "-q", "--shared", "--bare", str(CACHE / f"{repo}.git"), str(server)], folder)
    merge = run(["git", "commit-tree", tree, "-p", base, "-p", head, "-m", "Merge"], server)
    run(["git", "update-ref", "refs/pull/merge", merge], server)
    commits = int(word(repo, "rev-list", "--count", f"{base}..{head}"))
    run(["git", "init", "-q", "--bare", str(runner)], folder)
    run(["git", "fetch", "-q", "--no-tags", f"--depth={commits + 2}", f"file://{server}", merge], runner)
    return verdict(program, runner, "--merge", merge)


def target_of(repo, base, head):
    """The target's tip before it took the pull request: the parent of the first commit behind the
    base that has all files which the head changes, as the head has them. Where staff changed them
    or it was not taken: the tip when the head was committed."""
    changed = (git(repo, "diff", "--no-renames", "--name-only", "-z", base, head) or b"").split(b"\0")
    wanted = set((git(repo, "ls-tree", "-rz", head) or b"").split(b"\0"))
    wanted = {entry for entry in wanted if entry.partition(b"\t")[2] in changed and entry}
    before = base
    for commit in word(repo, "rev-list", "--first-parent", "--reverse", f"{base}..main").split():
        entries = set((git(repo, "ls-tree", "-rz", commit) or b"").split(b"\0"))
        if wanted and wanted <= entries:
            return before
        before = commit
    return word(repo, "rev-list", "-1", "--first-parent",
                f"--before={word(repo, 'log', '-1', '--format=%ct', head)}", f"{base}..main") or base


def compare(seats, what, outcome):
    (first, expected), *others = seats.items()
    outcome.verdicts += len(seats)
    for name, report in others:
        wanted = expected
        if name == HOOK and is_about_commits(expected):
            outcome.no_commits = True
            report, wanted = without_commits(report), without_commits(expected)
        if report["verdict"] != wanted["verdict"] or not report["verdict"]:
            outcome.differences.append(f"{what}: the verdict of {name} is {report['verdict']}, of {first} "
                                       f"{wanted['verdict']}")
        if report != wanted:
            outcome.differences.append(f"{what}: {name} and {first}: {first_difference(report, wanted)}")


def compare_target(program, row, folder, outcome):
    """GitHub and `--pull` on the target as it was; it may have moved on since the merge base."""
    repo, base, head = row["repo"], row["base"], row["head"]
    target = target_of(repo, base, head)
    outcome.moved = "same" if target == base else "moved"
    if outcome.moved != "moved":
        return
    tree = word(repo, "merge-tree", "--write-tree", target, head)
    if not tree:
        outcome.moved = "conflict"
        return
    mirror = CACHE / f"{repo}.git"
    compare({"--pull": verdict(program, mirror, "--pull", row["pr"], "--onto", target),
             "the action": action(program, repo, target, head, tree, folder)}, "target moved on", outcome)


def compare_row(program, row):
    repo, base, head = row["repo"], row["base"], row["head"]
    mirror, outcome = CACHE / f"{repo}.git", Outcome([])
    with tempfile.TemporaryDirectory(prefix="scribelint-seats.") as folder:
        try:
            tree = word(repo, "rev-parse", f"{head}^{{tree}}")
            compare({"the range": verdict(program, mirror, "--base", base, "--head", head),
                     "--pull": verdict(program, mirror, "--pull", row["pr"], "--onto", base),
                     "the action": action(program, repo, base, head, tree, folder),
                     HOOK: hook(program, repo, base, head, folder)}, "same trees", outcome)
            compare_target(program, row, folder, outcome)
        except (Broken, ValueError, OSError, subprocess.TimeoutExpired) as error:
            outcome.differences.append(f"failed: {error}")
    return outcome


def report_seats(corpus, program, options):
    """Every pull request of prs.tsv, in all seats."""
    print("\nOne verdict\n-----------")
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(lambda row: compare_row(program, row), corpus.pull_requests))
    for row, outcome in zip(corpus.pull_requests, outcomes):
        for difference in outcome.differences:
            print(f"{row['repo']} {row['pr']}: {difference}")
        if outcome.moved == "conflict":
            print(f"{row['repo']} {row['pr']}: conflicts with its target, so GitHub has no merge and starts nothing")
    silent = sum(outcome.no_commits for outcome in outcomes)
    if silent:
        print(f"{silent} came late by their commits, of which the hook knows nothing yet; the rest was compared")
    moved = Counter(outcome.moved for outcome in outcomes)
    print("the target when it took them:", ", ".join(f"{k}: {v}" for k, v in sorted(moved.items()) if k))
    wrong = sum(bool(outcome.differences) for outcome in outcomes)
    total = sum(outcome.verdicts for outcome in outcomes)
    return f"{len(outcomes)} pull requests with {total} verdicts in all seats, {wrong} disagree", not wrong
