"""Events as GitHub tells them to a workflow, made from a bare repository of the course."""
from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ZERO = "0" * 40


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return done.stdout.strip() if done.returncode == 0 else ""


@dataclass
class Event:
    name: str
    sha: str  # what GITHUB_SHA is; empty: GitHub starts no run
    ref: str
    payload: dict[str, Any] = field(default_factory=dict)
    base_ref: str = ""
    head_ref: str = ""


def pull_request(course: Path, number: int, action: str, fork: bool, sha: str, target: str) -> Event:
    """`sha`: of the merge commit when the run began; without it the one that stands there now. Where
    the two conflict there is none, and no run."""
    head = git(course, "rev-parse", f"refs/pull/{number}/head")
    stale_base = git(course, "merge-base", target, head) or ZERO
    commits = git(course, "rev-list", "--count", f"{target}..{head}")
    owner = "student" if fork else "example"
    pull = {
        "number": number, "commits": int(commits or 0), "draft": False,
        "title": "::error::the title `touch pwned` $(touch pwned)",
        "head": {"sha": head, "ref": "a$(touch pwned)`touch pwned`",
                 "repo": {"full_name": f"{owner}/course", "fork": fork}},
        "base": {"sha": stale_base, "ref": target, "repo": {"full_name": "example/course"}}}
    return Event("pull_request", sha or git(course, "rev-parse", "--verify", "-q", f"refs/pull/{number}/merge"),
                 f"refs/pull/{number}/merge", {"action": action, "number": number, "pull_request": pull},
                 base_ref=target, head_ref=pull["head"]["ref"])


def push(course: Path, branch: str) -> Event:
    sha = git(course, "rev-parse", f"refs/heads/{branch}")
    return Event("push", sha, f"refs/heads/{branch}",
                 {"ref": f"refs/heads/{branch}", "before": ZERO, "after": sha, "forced": False})


def merge_group(course: Path, queue_ref: str, base: str) -> Event:
    sha = git(course, "rev-parse", queue_ref)
    return Event("merge_group", sha, queue_ref,
                 {"action": "checks_requested",
                  "merge_group": {"head_sha": sha, "head_ref": queue_ref, "base_ref": "refs/heads/main",
                                  "base_sha": git(course, "rev-parse", base)}})


def make(course: Path, options) -> Event:
    kind = options.event
    if kind in ("opened", "synchronize", "reopened"):
        event = pull_request(course, options.pull, kind, options.fork, options.sha, options.target)
    elif kind == "pull_request_target":
        event = pull_request(course, options.pull, "opened", options.fork, options.sha, options.target)
        event.name, event.sha = kind, git(course, "rev-parse", "refs/heads/main")
        event.ref = "refs/heads/main"
    elif kind == "push":
        event = push(course, options.branch)
    elif kind == "merge_group":
        event = merge_group(course, options.branch, options.base)
    elif kind in ("workflow_dispatch", "schedule"):
        event = push(course, options.branch)
        event.name, event.payload = kind, {"ref": f"refs/heads/{options.branch}", "inputs": {}}
    else:
        raise SystemExit(f"no event {kind}")
    event.payload["repository"] = {"full_name": "example/course", "default_branch": "main"}
    return event
