#!/usr/bin/env python3
"""Compare scribelint with Jekyll, link by link: see README.md beside this file.

    compare.py [--scribelint PATH] [--jobs N] [--only WORD] [fixtures|corpus]

Exit status: 0 all agree (or skipped, with a word), 1 a false alarm, a miss, or a failed run, 2 it could not start.
"""
from __future__ import annotations

import argparse
import concurrent.futures
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "corpus"))
from build import PLUGINS, build, clean_environment, export, git  # noqa: E402
from pages import Site  # noqa: E402
from runs import CACHE, ROOT, Unusable, clone_bundles  # noqa: E402

RULES = re.compile(r"link-(missing|misplaced|wrong-case|to-folder|old-name)|image-(missing|misplaced|wrong-case)"
                   r"|baseurl-dropped|anchor-missing|file-removed-in-use")
# What Jekyll stops at; the fixtures called "stops-…" have one each, the others none.
STOPS = re.compile(r"date-invalid|liquid-tag-unknown|liquid-block-open|liquid-broken|include-cyclic|liquid-(link|post)-missing|include-missing")
SHARED = re.compile(r"permalink-shared")
MARKDOWN = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown")
# What a theme or a generator brings, which the stub does not.
GENERATED = re.compile(r"\.(xml|json|css|js|map|atom|rss|webmanifest)$|(^|/)robots\.txt$")
LABEL_KINDS = {"image-missing", "image-wrong-case", "broken-anchor", "link-target-missing",
               "absolute-path-drops-baseurl"}


@dataclass
class Result:
    name: str
    counts: Counter = field(default_factory=Counter)  # (kind, verdict) -> number
    problems: list = field(default_factory=list)
    shared: int = 0  # addresses that two pages have
    failure: str = ""
    seconds: float = 0


def offset_of(lines, line, column):
    return sum(len(text) for text in lines[:line - 1]) + column - 1


def written_at(text, finding):
    """The destination that a finding stands on; of a reference the one that its label has."""
    lines = text.splitlines(keepends=True)
    start = offset_of(lines, finding["line"], finding["column"])
    written = text[start:offset_of(lines, finding["end_line"], finding["end_column"])]
    label = re.fullmatch(r"!?\[([^\]]*)\](?:\[([^\]]*)\])?", written.strip(), re.DOTALL)
    if label:
        name = re.escape(label.group(2) or label.group(1))
        found = re.search(rf"^ {{0,3}}\[{name}\]:\s*<?([^\s>]+)", text, re.MULTILINE | re.IGNORECASE)
        written = found.group(1) if found else written
    return written


def check(program, repository, revision):
    """([finding] about links, images and anchors, [finding] of what Jekyll stops at, [finding] of two pages with one
    address) at the revision."""
    words = [str(program), "check", "-C", str(repository), "--all", "--head", revision, "--format", "json"]
    done = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL, env=clean_environment(), timeout=120)
    if done.returncode not in (0, 1, 2, 3) or not done.stdout:
        raise ValueError(f"scribelint: status {done.returncode} {done.stderr.decode()[:200]}")
    findings = json.loads(done.stdout)["findings"]
    return [[f for f in findings if rules.fullmatch(f["rule"])] for rules in (RULES, STOPS, SHARED)]


def plain(target):
    """As the comparison sees a destination: entities undone, %XX decoded."""
    return unquote(html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", target))).strip()


def flagged_links(folder, findings):
    """source -> {destination as written: finding}"""
    flagged = {}
    for finding in findings:
        path = folder / finding["path"]
        if finding["line"] and path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            flagged.setdefault(finding["path"], {})[written_at(text, finding)] = finding
    return flagged


def truths(site):
    """(source, destination) -> [worst judgement on any page, kind, label]; only what Markdown files wrote."""
    order = ["external", "elsewhere", "fine", "anchor", "missing"]
    found = {}
    for name in sorted(site.files):
        for reference in site.page(name).references:
            own = site.built.pages.get(reference.source)
            if not reference.source.endswith(MARKDOWN) or (own and own != name):
                continue
            judged = site.judge(name, reference.target)
            key = (reference.source, plain(reference.target))
            old = found.get(key)
            if not old or order.index(judged) > order.index(old[0]):
                found[key] = [judged, reference.kind, reference.label]
    return found


def compare(result, site, flagged):
    expanded = site.built.expanded
    said = {(source, plain(expanded.get(source, {}).get(written, written))): finding
            for source, by_text in flagged.items() for written, finding in by_text.items()}
    for key, (judged, kind, label) in truths(site).items():
        finding = said.pop(key, None)
        source, target = key
        if judged in ("external", "elsewhere"):
            verdict = "false alarm" if finding else "outside"
        elif judged == "fine":
            verdict = "false alarm" if finding else "fine"
        elif GENERATED.search(target.split("#")[0]):
            verdict = "outside"
        else:
            verdict = "dead" if finding else "miss"
        kind = "anchor" if judged == "anchor" or (judged == "fine" and "#" in target[:-1]) else kind
        result.counts[kind, verdict] += 1
        if verdict in ("false alarm", "miss"):
            words = f"{finding['rule']}: {finding['message']}" if finding else judged
            result.problems.append(f"{verdict}: {source}: {kind} {target!r}: {words}")
        compare_label(result, key, judged, label, finding)
    for (source, target), finding in said.items():
        result.counts["link", "unbuilt" if source not in site.built.pages else "false alarm"] += 1
        if source in site.built.pages:
            result.problems.append(f"false alarm: {source}: {target!r} is no link on the site: "
                                   f"{finding['rule']} at line {finding['line']}")


def compare_shared(result, site, findings):
    """Files that Jekyll wrote more than once must be flagged, with the one that stayed; no others."""
    sources = {}
    for source, name in site.built.pages.items():
        sources.setdefault(name, set()).add(source)
    shared = {name: found for name, found in sources.items()
              if len(found) > 1 and any(source.endswith(MARKDOWN) for source in found)}
    for name, found in sorted(shared.items()):
        said = [finding for finding in findings if finding["path"] in found]
        kept = {reference.source for reference in site.page(name).references} & found
        result.shared += 1
        if not said:
            result.problems.append(f"miss: {' and '.join(sorted(found))} have one address")
        for finding in said:
            named = re.search(r'publishes only "([^"]+)"', finding["message"])
            if named and kept and len(found) == 2 and named.group(1) not in kept:
                result.problems.append(f"Jekyll keeps {kept}, not: {finding['message']}")
    for finding in findings:
        if not any(finding["path"] in found for found in shared.values()):
            result.problems.append(f"false alarm: {finding['path']}: {finding['message']}")


def compare_label(result, key, judged, label, finding):
    """In fixtures the text of a link says what it is: "fine …", or "dead RULE …"."""
    words = label.split() if result.name.startswith("fixture") else []
    if words[:1] == ["fine"] and judged not in ("fine", "external", "elsewhere"):
        result.problems.append(f"the fixture calls {key} fine, Jekyll {judged}")
    if words[:1] == ["dead"] and judged not in ("missing", "anchor"):
        result.problems.append(f"the fixture calls {key} dead, Jekyll {judged}")
    if words[:1] == ["dead"] and finding and finding["rule"] != words[1]:
        result.problems.append(f"{key}: {finding['rule']}, where the fixture wants {words[1]}")


def run_one(program, name, repository, revision):
    result = Result(name)
    with tempfile.TemporaryDirectory(prefix="scribelint-site-") as work:
        work = Path(work)
        tree = work / "tree"
        tree.mkdir()
        export(repository, revision, tree)
        try:
            findings, stops, shared = check(program, repository, revision)
            flagged = flagged_links(tree, findings)
            built = build(tree, work, {source: list(by_text) for source, by_text in flagged.items()})
        except (ValueError, subprocess.SubprocessError) as error:
            result.failure = str(error)[:200]
            return result
        for stop in stops if not built.failure else ():
            result.problems.append(f"false alarm: Jekyll does not stop at {stop['path']}: {stop['message']}")
        if built.failure and name.startswith("fixture stops-"):
            if not stops:
                result.problems.append(f"miss: Jekyll stops: {built.failure}")
            return result
        if name.startswith("fixture stops-"):
            result.problems.append("Jekyll builds this fixture")
        if built.failure:
            result.failure = f"Jekyll: {built.failure}"
            return result
        compare(result, Site(built), flagged)
        compare_shared(result, Site(built), shared)
    return result


def commit_fixture(folder, into):
    """A repository of the fixture's files."""
    shutil.copytree(folder, into, symlinks=True)
    git(into, "init", "-q")
    git(into, "add", "-A", "-f")
    git(into, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x")
    return into


def corpus_revisions(folder):
    """[(name, repository, revision)]: tips, heads of pull requests, and where labels say links are dead."""
    clone_bundles(folder)
    wanted = [(f"{path.stem} main", path.stem, "main") for path in sorted(folder.glob("*.bundle"))]
    rows = (folder / "prs.tsv").read_text().splitlines()
    names = rows[0].split("\t")
    for row in rows[1:]:
        values = dict(zip(names, row.split("\t")))
        wanted.append((f"{values['repo']} #{values['pr']} head", values["repo"], values["head"]))
    for line in (folder / "labels.jsonl").read_text().splitlines():
        label = json.loads(line)
        if label["kind"] in LABEL_KINDS:
            wanted.append((f"{label['repo']} {label['rev'][:8]}", label["repo"], label["rev"]))
    unique = {(repo, revision): (name, CACHE / f"{repo}.git", revision) for name, repo, revision in reversed(wanted)}
    return [(name, repository, revision) for name, repository, revision in reversed(unique.values())]


def print_table(results):
    columns = [(kind, verdict) for kind in ("link", "image", "anchor") for verdict in ("fine", "dead", "false alarm", "miss")]
    print(f"{'':<24}" + "".join(f"{kind:^27}" for kind in ("links", "images", "anchors")))
    print(f"{'':<24}" + "  fine  dead false miss     " * 3)
    total = Counter()
    for result in results:
        total.update(result.counts)
        print_row(result.name, result.counts, columns)
    print_row("all", total, columns)
    print(f"Not compared: {sum(n for (_, v), n in total.items() if v == 'outside')} that lead to other hosts or to what a theme "
          f"makes, {sum(n for (_, v), n in total.items() if v == 'unbuilt')} findings in files that Jekyll passes over.")
    return total


def print_row(name, counts, columns):
    cells = [f"{counts[column]:>5}" + ("    " if column[1] == "miss" else " ") for column in columns]
    print(f"{name[:23]:<24}{''.join(cells)}".rstrip())


def gather(arguments, scratch):
    todo = []
    if arguments.what in ("all", "fixtures"):
        for folder in sorted(path for path in (HERE / "fixtures").iterdir() if path.is_dir()):
            repository = commit_fixture(folder, Path(scratch) / folder.name)
            todo.append((f"fixture {folder.name}", repository, "HEAD"))
    if arguments.what in ("all", "corpus"):
        corpus = Path(os.environ.get("SCRIBELINT_CORPUS", ROOT.parent / "shared" / "corpus"))
        if corpus.is_dir():
            todo += corpus_revisions(corpus)
        else:
            print("site: no corpus folder, only the fixtures")
    return [one for one in todo if arguments.only in one[0]]


def missing_packages():
    """What Jekyll lacks, or ""."""
    if not shutil.which("jekyll") or not shutil.which("ruby"):
        return "jekyll"
    script = 'ARGV.each { |name| begin; require name; rescue LoadError; puts name; end }'
    done = subprocess.run(["ruby", "-e", script, "jekyll", *PLUGINS], capture_output=True, text=True)
    return " ".join(done.stdout.split())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", default="all", choices=["all", "fixtures", "corpus"])
    parser.add_argument("--scribelint", default=str(ROOT / "build" / "scribelint"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", metavar="WORD", help="names with this word")
    arguments = parser.parse_args()
    lacking = missing_packages()
    if lacking:
        print(f"site: skipped, no {lacking}: see tests/setup.sh site")
        return 0
    program = Path(arguments.scribelint).resolve()
    with tempfile.TemporaryDirectory(prefix="scribelint-fixtures-") as scratch:
        todo = gather(arguments, scratch)
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            results = list(pool.map(lambda one: run_one(program, *one), todo))
    total = print_table(results)
    for result in results:
        for problem in result.problems + ([result.failure] if result.failure else []):
            print(f"{result.name}: {problem}")
    wrong = sum(total[kind, verdict] for kind in ("link", "image", "anchor") for verdict in ("false alarm", "miss"))
    bad = wrong + sum(bool(r.failure) + len(r.problems) for r in results)
    print(f"site: {len(results)} revisions, {wrong} disagreements, {sum(bool(r.failure) for r in results)} not built, "
          f"{sum(r.shared for r in results)} addresses of two pages")
    return 1 if bad else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Unusable, OSError, subprocess.SubprocessError) as error:
        print(f"site: {error}", file=sys.stderr)
        sys.exit(2)
