#!/usr/bin/env python3
"""A local stand-in for GitHub's runner: runs a workflow of a course with the project's action.

    runner.py WORKFLOW --root ROOT --port N --event KIND --out FOLDER [options]

ROOT/example/course.git is the course, served by server.py at the port. FOLDER gets what a person
would see: `log`, `summary.md`, `annotations` (one a line), `lost` (how many the budget hid),
`commands` (all other workflow commands), `outputs`, `conclusion` (success, failure, or "none" when
GitHub starts no run), and what the workflow asks for: `permissions`.

Of composite steps and reusable workflows only what the project uses is known; anything else ends
the run with a message, so that nothing is tested by a guess.
"""
from __future__ import annotations

import argparse
import base64
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

sys.dont_write_bytecode = True
import events  # noqa: E402
from expression import Unsupported, evaluate, expand  # noqa: E402
from log import Annotation, Log  # noqa: E402

PROJECT = Path(__file__).resolve().parents[2]
ACTION = re.compile(r"[\w.-]+/scribelint@(?P<ref>\S+)$")
REUSABLE = re.compile(r"[\w.-]+/scribelint/(?P<path>\.github/workflows/\S+)@\S+$")


def load(path: Path) -> dict[str, Any]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if True in data:  # YAML 1.1 reads the key `on` as a truth value
        data["on"] = data.pop(True)
    return data


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_triggered(triggers: Any, event: events.Event) -> bool:
    if not isinstance(triggers, dict):
        return event.name in as_list(triggers)
    if event.name not in triggers:
        return False
    branches = (triggers[event.name] or {}).get("branches")
    return not branches or event.name != "push" or event.ref.removeprefix("refs/heads/") in branches


class Runner:
    """One job on one machine: its folders, its log, its steps' outputs."""

    def __init__(self, options: argparse.Namespace, event: events.Event):
        self.options, self.event = options, event
        self.out = Path(options.out).resolve()
        self.workspace, self.temp = self.out / "workspace", self.out / "temp"
        for folder in (self.workspace, self.temp, self.out / "home"):
            folder.mkdir(parents=True)
        self.log, self.summary = Log(), ""
        self.outputs: dict[str, dict[str, str]] = {}
        (self.temp / "event.json").write_text(json.dumps(event.payload), encoding="utf-8")

    @property
    def server(self) -> str:
        return f"http://127.0.0.1:{self.options.port}"

    def contexts(self, **more: Any) -> dict[str, Any]:
        event = self.event
        github = {"event": event.payload, "event_name": event.name, "sha": event.sha, "ref": event.ref,
                  "token": self.options.token, "repository": "example/course", "base_ref": event.base_ref,
                  "head_ref": event.head_ref, "server_url": self.server, "workspace": str(self.workspace)}
        github.update(more.pop("github", {}))
        runner = {"os": "Linux", "arch": "X64", "temp": str(self.temp)}
        return {"github": github, "runner": runner, "inputs": {}, "steps": {}, "env": {}, **more}

    def environment(self) -> dict[str, str]:
        event = self.event
        kept = {name: os.environ[name] for name in ("PATH", "LC_ALL", "TMPDIR", "ASAN_OPTIONS", "LSAN_OPTIONS",
                                                    "UBSAN_OPTIONS") if name in os.environ}
        if self.options.program:
            kept["SCRIBELINT"] = self.options.program
        return {**kept, "HOME": str(self.out / "home"), "CI": "true", "GITHUB_ACTIONS": "true",
                "GITHUB_EVENT_NAME": event.name, "GITHUB_EVENT_PATH": str(self.temp / "event.json"),
                "GITHUB_SHA": event.sha, "GITHUB_REF": event.ref, "GITHUB_BASE_REF": event.base_ref,
                "GITHUB_HEAD_REF": event.head_ref, "GITHUB_REPOSITORY": "example/course",
                "GITHUB_SERVER_URL": self.server, "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temp), "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64"}

    # --- Steps ------------------------------------------------------------------------------------

    def run_steps(self, steps: list[dict[str, Any]], contexts: dict[str, Any], extra: dict[str, str]) -> bool:
        """Until one fails. False then."""
        for step in steps:
            if "if" in step and not evaluate(step["if"], contexts):
                continue
            if "uses" in step:
                done, outputs = self.use(step, contexts)
            else:
                done, outputs = self.run_script(step, contexts, extra)
            if "id" in step:
                contexts["steps"][step["id"]] = {"outputs": outputs}
            if not done:
                return False
        return True

    def run_script(self, step: dict[str, Any], contexts: dict[str, Any], extra: dict[str, str]):
        if "${{" in step["run"]:
            raise Unsupported(f"a value in a script; give it through env: {step['run']}")
        if extra and step.get("shell") != "bash":
            raise Unsupported("a step of a composite action without shell: bash")
        files = {name: self.temp / f"file-{name}" for name in ("OUTPUT", "STEP_SUMMARY", "ENV", "PATH", "STATE")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        environment = {**self.environment(), **extra, **{f"GITHUB_{name}": str(file) for name, file in files.items()}}
        environment.update({name: expand(value, contexts) for name, value in (step.get("env") or {}).items()})
        script = self.temp / "script.sh"
        script.write_text(step["run"] + "\n", encoding="utf-8")
        done = subprocess.run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)], check=False,
                              cwd=self.workspace, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.log.add(done.stdout.decode("utf-8", "replace"))
        summary = files["STEP_SUMMARY"].read_bytes()
        if len(summary) <= 1024 * 1024:  # a longer one is not shown at all
            self.summary += summary.decode("utf-8", "replace")
        for name in ("ENV", "PATH", "STATE"):
            if files[name].read_text(encoding="utf-8"):
                raise Unsupported(f"GITHUB_{name} was written")
        if done.returncode:
            self.log.add_annotation(Annotation("error", f"Process completed with exit code {done.returncode}."))
        return not done.returncode, read_outputs(files["OUTPUT"].read_text(encoding="utf-8"))

    def use(self, step: dict[str, Any], contexts: dict[str, Any]):
        uses = step["uses"]
        given = {name: expand(value, contexts) for name, value in (step.get("with") or {}).items()}
        if uses.startswith("actions/checkout@"):
            return self.check_out(given), {}
        if uses.startswith("actions/cache@"):
            return True, self.restore(given)
        found = ACTION.match(uses)
        if not found:
            raise Unsupported(f"uses: {uses}")
        return self.run_action(given, found["ref"])

    def run_action(self, given: dict[str, str], ref: str):
        action = load(PROJECT / "action.yml")
        unknown = set(given) - set(action["inputs"])
        if unknown:
            raise Unsupported(f"inputs that the action does not have: {unknown}")
        github = {"action_repository": "example/scribelint", "action_ref": self.options.action_ref or ref,
                  "action_path": str(PROJECT)}
        contexts = self.contexts(github=github)
        contexts["inputs"] = {name: given.get(name, expand(entry.get("default", ""), contexts))
                              for name, entry in action["inputs"].items()}
        done = self.run_steps(action["runs"]["steps"], contexts, {"GITHUB_ACTION_PATH": str(PROJECT)})
        self.save(contexts)
        outputs = {name: expand(entry["value"], contexts) for name, entry in action["outputs"].items()}
        self.outputs["scribelint"] = outputs
        return done, outputs

    # --- The two actions of GitHub's that are used --------------------------------------------------

    def check_out(self, given: dict[str, str]) -> bool:
        """As actions/checkout does: one commit by its id, and the token left in the configuration."""
        unknown = set(given) - {"fetch-depth", "persist-credentials", "ref"}
        if unknown:
            raise Unsupported(f"inputs of actions/checkout: {unknown}")
        sha = given.get("ref") or self.event.sha
        header = "AUTHORIZATION: basic " + base64.b64encode(f"x-access-token:{self.options.token}".encode()).decode()
        key = f"http.{self.server}/.extraheader"
        local = self.event.ref.replace("refs/pull/", "refs/remotes/pull/").replace("refs/heads/", "refs/remotes/origin/")
        depth = int(given.get("fetch-depth", "1"))
        for command in (["init", "-q"], ["remote", "add", "origin", f"{self.server}/example/course"],
                        ["config", "--local", "gc.auto", "0"], ["config", "--local", key, header],
                        ["fetch", "-q", "--no-tags", "--no-recurse-submodules",
                         *([f"--depth={depth}"] if depth else []), "origin",
                         *([] if depth else ["+refs/heads/*:refs/remotes/origin/*"]), f"+{sha}:{local}"],
                        ["checkout", "-q", "--force", local]):
            done = subprocess.run(["git", "-C", str(self.workspace), *command], check=False, env=self.environment(),
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if done.returncode:
                self.log.add(done.stdout.decode("utf-8", "replace"))
                return False
        if given.get("persist-credentials") == "false":
            subprocess.run(["git", "-C", str(self.workspace), "config", "--local", "--unset-all", key], check=True)
        return True

    def restore(self, given: dict[str, str]) -> dict[str, str]:
        kept = Path(self.options.cache or self.out / "cache") / given["key"]
        self.to_save = (kept, Path(given["path"]))
        if not kept.is_dir():
            return {"cache-hit": ""}
        shutil.copytree(kept, given["path"], symlinks=True)
        return {"cache-hit": "true"}

    def save(self, contexts: dict[str, Any]) -> None:
        kept, folder = getattr(self, "to_save", (None, None))
        if kept and folder.is_dir() and not kept.exists():
            shutil.copytree(folder, kept, symlinks=True)


def read_outputs(text: str) -> dict[str, str]:
    """`name=value` lines, and `name<<END` blocks."""
    outputs, lines = {}, iter(text.splitlines())
    for line in lines:
        if re.match(r"[^=]+<<", line):
            name, _, end = line.partition("<<")
            outputs[name] = "\n".join(iter(lambda end=end: next(lines), end))
        else:
            name, separator, outputs[name] = line.partition("=")
            if not separator:
                raise Unsupported(f"GITHUB_OUTPUT: {line}")
    return outputs


def run_job(runner: Runner, job: dict[str, Any], inputs: dict[str, str]) -> bool:
    if "uses" in job:
        found = REUSABLE.match(job["uses"])
        if not found:
            raise Unsupported(f"uses: {job['uses']}")
        called = load(PROJECT / found["path"])
        contexts = runner.contexts()
        given = {name: expand(value, contexts) for name, value in (job.get("with") or {}).items()}
        entries = called["on"]["workflow_call"].get("inputs", {})
        if set(given) - set(entries):
            raise Unsupported(f"inputs that the workflow does not have: {set(given) - set(entries)}")
        inputs = {name: given.get(name, entry.get("default", "")) for name, entry in entries.items()}
        return all([run_job(runner, each, inputs) for each in called["jobs"].values()])
    contexts = runner.contexts()
    contexts["inputs"] = inputs
    return runner.run_steps(job["steps"], contexts, {})


def tell(runner: Runner, conclusion: str) -> None:
    log = runner.log
    lines = {"annotations": [str(each) for each in log.annotations], "lost": [str(log.lost)],
             "commands": [f"{each.name} {each.data}" for each in log.commands], "conclusion": [conclusion],
             "outputs": [f"{name}={value}" for name, value in runner.outputs.get("scribelint", {}).items()]}
    for name, content in lines.items():
        (runner.out / name).write_text("".join(line + "\n" for line in content), encoding="utf-8")
    (runner.out / "log").write_text(log.text, encoding="utf-8")
    (runner.out / "summary.md").write_text(runner.summary, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("workflow")
    for name in ("root", "port", "event", "out"):
        parser.add_argument(f"--{name}", required=True)
    for name, default in (("sha", ""), ("branch", "main"), ("base", "main"), ("target", "main"), ("program", ""),
                          ("token", "ghs_secret"), ("cache", ""), ("action-ref", "")):
        parser.add_argument(f"--{name}", default=default)
    parser.add_argument("--pull", type=int, default=1)
    parser.add_argument("--fork", action="store_true")
    options = parser.parse_args()
    shutil.rmtree(options.out, ignore_errors=True)
    event = events.make(Path(options.root) / "example" / "course.git", options)
    runner, workflow = Runner(options, event), load(Path(options.workflow))
    (runner.out / "permissions").write_text(
        json.dumps([workflow.get("permissions"), *(job.get("permissions") for job in workflow["jobs"].values())]) + "\n",
        encoding="utf-8")
    if not event.sha or not is_triggered(workflow["on"], event):
        tell(runner, "none")
        return
    done = all([run_job(runner, job, {}) for job in workflow["jobs"].values()])
    tell(runner, "success" if done else "failure")


if __name__ == "__main__":
    main()
