"""Run the program under test on cached clones of the corpus and understand what it answers."""
from __future__ import annotations

import concurrent.futures
import json
import os
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "build" / "corpus"
TIMEOUT_SECONDS = 60


class Unusable(Exception):
    """The scoring cannot start; the message says why."""


@dataclass(frozen=True)
class Task:
    """One run of the program; without a base it looks at everything in the head (--all)."""
    repo: str
    head: str
    base: str = ""


@dataclass
class Run:
    """What came out: `failure` is a defect of the program, `remark` an unusual but lawful answer."""
    status: int | None = None
    findings: list = field(default_factory=list)
    undecided: int = 0
    failure: str = ""
    remark: str = ""

    def standing(self):
        """The findings that hold at the head."""
        return [f for f in self.findings if f["state"] != "fixed"]


def clean_environment():
    """The environment without GIT_*: a hook's own repository must not leak into the runs."""
    return {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}


def git(repo, *words):
    """Standard output (bytes) of a git command in a cached repository, or None if it failed."""
    done = subprocess.run(["git", "-C", str(CACHE / f"{repo}.git"), *words],
                          capture_output=True, env=clean_environment())
    return done.stdout if done.returncode == 0 else None


def clone_bundles(folder):
    """Clone every bundle into the cache, once; the rename makes an interrupted clone harmless."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for bundle in sorted(folder.glob("*.bundle")):
        target = CACHE / f"{bundle.stem}.git"
        if target.is_dir():
            continue
        part = CACHE / f"{bundle.stem}.part{os.getpid()}"
        done = subprocess.run(["git", "clone", "--quiet", "--mirror", str(bundle), str(part)],
                              env=clean_environment())
        if done.returncode == 0 and not target.is_dir():
            part.rename(target)
        shutil.rmtree(part, ignore_errors=True)
        if not target.is_dir():
            raise Unusable(f"cannot clone {bundle}")


def parse_report(text):
    """(findings, number of undecided, ""), or ([], 0, what is wrong with the report)."""
    try:
        report = json.loads(text)
    except ValueError as error:
        return [], 0, f"invalid JSON: {error}"
    findings = report.get("findings") if isinstance(report, dict) else None
    undecided = report.get("undecided", []) if isinstance(report, dict) else None
    if not isinstance(findings, list) or not isinstance(undecided, list):
        return [], 0, "invalid JSON: no list of findings or of undecided"
    for finding in findings:
        texts = isinstance(finding, dict) and all(
            isinstance(finding.get(k), str) for k in ("rule", "severity", "state", "path", "message"))
        if not texts or not isinstance(finding.get("line"), (int, type(None))):
            return [], 0, f"invalid JSON: malformed finding {str(finding)[:100]}"
        finding["line"] = finding.get("line") or None
    return findings, len(undecided), ""


def judge(status, output, errors):
    """Turn an exit status and two outputs into a Run."""
    first = next((line for line in errors.splitlines() if line.strip()), "")
    trace = re.search(r"ERROR: \w+Sanitizer.*|.*: runtime error: .*|.*[Aa]ssertion .*failed.*", errors)
    if trace:
        return Run(status, failure=f"crash: {trace.group(0)[:150]}")
    if status not in (0, 1, 2, 3):
        name = signal.Signals(-status).name if -64 < status < 0 else f"exit status {status}"
        return Run(status, failure=f"crash: {name} {first}".strip())
    remark = f"exit status {status}: {first}" if status > 1 else ""
    if status > 1 and not output.strip():
        return Run(status, remark=remark)
    findings, undecided, problem = parse_report(output)
    return Run(status, findings, undecided, problem, remark)


class Program:
    """The program under test, with a memory of its runs."""

    def __init__(self, path, config, jobs):
        self.path = Path(path).resolve()
        self.config = Path(config).resolve() if config else None
        self.jobs = jobs
        self.runs = {}
        if not os.access(self.path, os.X_OK) or self.path.is_dir():
            raise Unusable(f"no program at {self.path}: build it first or give --scribelint PATH")

    def command(self, task):
        words = [str(self.path), "check", "-C", str(CACHE / f"{task.repo}.git")]
        words += ["--base", task.base] if task.base else ["--all"]
        words += ["--head", task.head, "--format", "json"]
        return words + (["--config", str(self.config)] if self.config else [])

    def run(self, task):
        try:
            child = subprocess.Popen(self.command(task), stdin=subprocess.DEVNULL,
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                     env=clean_environment(), start_new_session=True)
        except OSError as error:
            return Run(failure=f"cannot start: {error}")
        try:
            output, errors = child.communicate(timeout=TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            return Run(failure=f"no end after {TIMEOUT_SECONDS} s")
        return judge(child.returncode, output.decode("utf-8", "replace"), errors.decode("utf-8", "replace"))

    def run_all(self, tasks):
        """Run the tasks not run before, some at once; the results are in self.runs."""
        todo = [task for task in dict.fromkeys(tasks) if task not in self.runs]
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            self.runs.update(zip(todo, pool.map(self.run, todo)))

    def failures(self):
        return {task: run.failure for task, run in self.runs.items() if run.failure}
