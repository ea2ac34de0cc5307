#!/usr/bin/env python3
"""Score scribelint against real course repositories: see README.md beside this file.

    score.py [all|prs|labels|traps|links|seats|read] [--scribelint PATH] [--config FILE] …

Exit status: 0 fine, 1 a run failed or a trap was sprung, 2 it could not start.
"""
from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from fnmatch import fnmatchcase

sys.dont_write_bytecode = True
from links import report_links  # noqa: E402
from seats import report_seats  # noqa: E402
from runs import ROOT, Program, Task, Unusable, clone_bundles, git  # noqa: E402

NEAR_LINES = 3

# Rule ids below may hold wildcards. First table: kind of label -> the rules that claim to find it.
PLACEHOLDER = ("metadata-placeholder", "template-text-left", "placeholder-left")
KIND_RULES = {
    "absolute-path-drops-baseurl": ("baseurl-dropped",),
    "accepted-note-never-linked": ("schedule-note-not-linked",),
    "author-note-left": ("author-note-left", "placeholder-left"),
    "doubled-word": ("word-doubled",),
    "duplicate-lecture-dates": ("schedule-date-twice",),
    "duplicate-note-file": ("note-second", "note-copied", "note-name"),
    "content-for-other-lecture": ("note-for-other-lecture",),
    "duplicate-section": ("pdf-section-twice",),
    "duplicate-submission": ("note-second", "note-copied"),
    "file-date-not-a-lecture-date": ("lecture-unknown", "lecture-number-wrong"),
    "file-name-format": ("note-name", "post-name-*", "junk-file"),
    "filename-date-not-a-lecture": ("lecture-unknown",),
    "late": ("note-late",),
    "late-revision": ("note-late-revision",),
    "lecture-date-wrong-weekday": ("schedule-wrong-weekday",),
    "lecture-label-duplicate": ("schedule-label-twice",),
    "lecturer-not-in-schedule": ("lecturer-mismatch",),
    "link-target-missing": ("link-missing",),
    "naming-deviates-from-tree-pattern": ("note-name",),
    "note-not-linked-in-pr": ("note-not-linked",),
    "permalink-collision": ("permalink-shared",),
    "same-recording-two-lectures": ("schedule-recording-twice",),
    "space-in-link-destination": ("link-with-spaces",),
    "unrelated-file": ("file-outside-scope", "junk-file"),
    "week-title-mismatch": ("schedule-page-title",),
    "zero-byte-pdf": ("file-empty",),
    "katex-error": ("math-*", "table-by-accident", "html-not-closed", "liquid-*"),
    "pipe-paragraph-table": ("table-by-accident",),
    "escaped-braces-eaten": ("math-braces-eaten",),
    "unbalanced-html": ("html-*",),
    "malformed-closing-tag": ("html-*",),
    "unclosed-ul": ("html-not-closed",),
    "unclosed-d-cite": ("html-not-closed", "html-tag-malformed"),
    "unknown-html-tag": ("html-tag-unknown",),
    "duplicate-id": ("html-id-twice",),
    "liquid-error": ("liquid-*",),
    "emphasis-inside-math": ("math-emphasis",),
    "nested-dollar-in-math": ("math-*",),
    "ordered-list-restarts": ("list-number-lost",),
    "unbalanced-set-braces": ("math-braces-eaten", "math-broken"),
    "norm-bars-eaten": ("math-norm-eaten",),
    "unicode-prime-in-math": ("math-typed-quote",),
    "list-marker-no-space": ("list-mark-without-blank",),
    "markdown-in-raw-html": ("markdown-in-html",),
    "cite-key-missing": ("citation-key-missing", "bibliography-missing"),
    "bib-missing": ("bibliography-*",),
    "bib-never-cited": ("bib-never-cited",),
    "template-bib-entry": ("bib-never-cited",),
    "duplicate-heading": ("heading-duplicate",),
    "duplicate-figure-number": ("figure-number-twice",),
    "indented-code": ("code-by-accident",),
    "operator-not-upright": ("math-operator-italic",),
    "empty-section": ("heading-empty",),
    "h1-in-body": ("heading-level-one",),
    "h1-repeats-title": ("heading-repeats-title",),
    "heading-skip": ("heading-level-skipped",),
    "ext-content-mismatch": ("image-other-format", "image-not-shown"),
    "image-no-extension": ("junk-file",),
    "image-unreferenced": ("image-unused",),
    "image-wrong-folder": ("image-wrong-folder", "file-outside-scope"),
    "img-size-attribute": ("image-fixed-size",),
    "citation-placeholder": PLACEHOLDER,
    "broken-anchor": ("anchor-missing",),
    "date-placeholder": (*PLACEHOLDER, "date-mismatch"),
    "date-vs-file-name": ("date-mismatch", "metadata-placeholder"),
    "description-placeholder": PLACEHOLDER,
    "editor-placeholder": PLACEHOLDER,
    "empty-name": ("metadata-missing",),
    "image-missing": ("image-missing",),
    "image-wrong-case": ("image-wrong-case",),
    "junk-file": ("junk-file",),
    "literal-attribute-list": ("attribute-list-literal",),
    "literal-tag": ("html-closing-stray", "html-tag-malformed"),
    "merge-conflict-marker": ("merge-conflict-marker",),
    "missing-date": ("metadata-missing", "date-missing"),
    "missing-description": ("metadata-missing", "date-missing"),
    "no-front-matter": ("front-matter-missing",),
    "out-of-scope-file": ("file-outside-scope", "template-changed"),
    "template-deleted": ("template-changed",),
    "pages-out-of-range": ("pages-out-of-range",),
    "team-size-out-of-range": ("team-size",),
    "title-not-schedule-title": ("first-page-title-mismatch", "lecture-title-mismatch"),
    "title-typo": ("first-page-title-slip",),
    "template-leftover": ("template-text-left", "metadata-placeholder", "pdf-placeholder-left"),
    "template-overwritten": ("template-changed",),
    "title-format": ("title-form", "template-text-left", "metadata-missing"),
    "title-number-vs-file": ("title-number-mismatch", "lecture-number-wrong"),
    "title-number-wrong": ("title-number-mismatch", "lecture-number-wrong"),
    "title-zero-padded": ("title-form",),
    "todo-placeholder": PLACEHOLDER,
    "yaml-duplicate-key": ("front-matter-duplicate-key",),
    "yaml-parse-error": ("front-matter-invalid",),
}
# Kinds about the change itself: run with the pull request's base, the label's revision as head.
CHANGE_KINDS = {"duplicate-note-file", "duplicate-submission", "image-unreferenced",
                "image-wrong-folder", "junk-file", "late", "late-revision",
                "note-not-linked-in-pr", "out-of-scope-file", "permalink-collision",
                "template-deleted", "template-overwritten"}
# Kinds whose line is arbitrary: any line matches if the message holds the word.
ANY_LINE_KINDS = {"no-front-matter": "", "yaml-parse-error": "", "missing-date": "date",
                  "missing-description": "description", "empty-name": "name",
                  "literal-tag": "</"}
# Labels that are shown to be wrong, with the reason: (kind, start of rev, path). Not scored.
DISPUTED = {
    ("template-deleted", "7174ecd5", "_posts/2019-01-09-lecture-notes-template.md"):
        "the template is there, equal to the base; it is gone at a1bfe1c (the other parent's line)",
}
# Naive rule of a trap -> the rules whose finding there would be that false alarm.
TRAP_RULES = {
    "$$ on a line of text": ("math-*",),
    "HTML in a heading": ("section-*", "heading-*", "html-*"),
    "TODO": ("placeholder-left", "metadata-placeholder"),
    "abstract required": ("metadata-missing",),
    "bare # URL": ("metadata-placeholder", "metadata-missing", "template-text-left", "link-*"),
    "date missing": ("metadata-missing", "date-missing"),
    "doubled word": ("word-*", "*doubled*", "prose-*"),
    "duplicate heading": ("section-*", "heading-*"),
    "duplicate id": ("id-*", "*duplicate-id*", "html-*"),
    "file outside the PR's own note/bib/images": ("file-outside-scope", "junk-file"),
    "heading without a space": ("heading-*", "section-*"),
    "leftover comment": ("placeholder-left", "template-text-left", "comment-*"),
    "link without href / anchor target must be an id": ("link-*", "anchor-*", "html-*"),
    "malformed bib": ("bib-*", "citation-*", "cite-*", "file-empty", "junk-file"),
    "odd number of $": ("math-*",),
    "pipe table": ("table-*", "pipe-*", "math-*"),
    "relative_url needs a leading slash": ("image-missing", "image-wrong-case", "link-*"),
    "stray braces after a link": ("link-*", "attribute-*", "placeholder-left"),
    "title number must be zero-padded": ("title-form", "title-number-mismatch"),
    "typographic quote in math": ("math-*", "character-*"),
    "unbalanced <d-cite>/<d-footnote>/<d-code>/<latex-js>": ("html-*", "tag-*", "cite-*", "citation-*"),
    "undefined reference link [x][y]": ("placeholder-left", "link-*"),
    "unescaped/odd \\| in math": ("math-norm-eaten", "math-broken", "table-*"),
    "unknown macro \\parens, \\abs, \\norm, \\cross, \\Eb": ("math-*",),
    "upper-case image extension": ("image-wrong-case", "image-missing"),
    "| in $...$ makes a table": ("table-*", "pipe-*", "math-*"),
    "| in math makes a table": ("table-*", "pipe-*", "math-*"),
}
# Traps about a whole file: any line counts if the message holds the word.
ANY_LINE_TRAPS = {"abstract required": "abstract", "date missing": "date", "malformed bib": "",
                  "file outside the PR's own note/bib/images": ""}


def read_jsonl(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def read_pull_requests(path):
    """Rows of prs.tsv as dictionaries named by its first line."""
    with open(path, encoding="utf-8") as file:
        names, *rows = (line.rstrip("\n").split("\t") for line in file if line.strip())
    return [dict(zip(names, row)) for row in rows]


@dataclass
class Corpus:
    pull_requests: list
    labels: list
    traps: list

    def base_of(self, label):
        """The base of a label's pull request, "" if the label belongs to none."""
        for row in self.pull_requests:
            if row["repo"] == label["repo"] and row["pr"] == str(label.get("pr")):
                return row["base"]
        return ""


def load_corpus(folder):
    clone_bundles(folder)
    return Corpus(read_pull_requests(folder / "prs.tsv"), read_jsonl(folder / "labels.jsonl"),
                  read_jsonl(folder / "traps.jsonl"))


def print_title(text):
    print(f"\n{text}\n{'=' * len(text)}")


def print_table(rows, left=2):
    """Aligned columns: the first `left` ones to the left, the rest to the right."""
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [str(c).ljust(w) if i < left else str(c).rjust(w) for i, (c, w) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())


def place(finding):
    line, column = finding["line"], finding.get("column")
    return finding["path"] + (f":{line}" if line else "") + (f":{column}" if line and column else "")


def is_one_of(rule, patterns):
    return any(fnmatchcase(rule, pattern) for pattern in patterns)


def report_prs(corpus, program, options):
    """Every pull request with its base and head."""
    tasks = [Task(row["repo"], row["head"], row["base"]) for row in corpus.pull_requests]
    program.run_all(tasks)
    print_title("Pull requests (severities: of what is introduced)")
    rows = [("repo", "pr", "exit", "introduced", "fixed", "carried", "errors", "warnings", "notices", "undecided")]
    remarks, exits = [], Counter()
    for row, task in zip(corpus.pull_requests, tasks):
        run = program.runs[task]
        states = Counter(f["state"] for f in run.findings)
        weights = Counter(f["severity"] for f in run.findings if f["state"] == "introduced")
        exits["failed" if run.failure else run.status] += 1
        rows.append((row["repo"], row["pr"], "-" if run.status is None else run.status, states["introduced"],
                     states["fixed"], states["carried"], weights["error"], weights["warning"],
                     weights["notice"], run.undecided))
        if run.failure or run.remark:
            remarks.append(f"{row['repo']} {row['pr']}: {run.failure or run.remark}")
    print_table(rows)
    print("\n".join(["", *remarks] if remarks else []))
    print("exit statuses:", ", ".join(f"{k}: {v}" for k, v in sorted(exits.items(), key=str)))
    return f"{len(tasks)} pull requests, {exits['failed']} failed", True


def evidence_path(label):
    """The image path that the evidence of an image label holds, else ""."""
    words = (label.get("evidence") or "").split(" vs ")
    return words[0].strip() if label["kind"].startswith("image-") and "/" in words[0] else ""


def match(label, finding):
    """"exact", "near" or "" for one finding of a claiming rule on the label's path."""
    image = evidence_path(label)
    if image and image in finding["message"]:
        return "exact"
    if label["kind"] in ANY_LINE_KINDS:
        return "exact" if ANY_LINE_KINDS[label["kind"]] in finding["message"].lower() else ""
    if not label.get("line") or not finding["line"]:
        return "exact"
    distance = abs(label["line"] - finding["line"])
    # The image next to a missing one must not stand for it.
    return "exact" if distance == 0 else "near" if distance <= NEAR_LINES and not image else ""


def score_label(label, run):
    """("exact", "near" or "missed", the lines at which claiming rules fired in that file)."""
    found = [f for f in run.standing()
             if f["path"] == label["path"] and is_one_of(f["rule"], KIND_RULES[label["kind"]])]
    kinds = {match(label, f) for f in found}
    verdict = "exact" if "exact" in kinds else "near" if "near" in kinds else "missed"
    return verdict, sorted({f["line"] or 0 for f in found})


def label_task(corpus, label):
    base = corpus.base_of(label) if label["kind"] in CHANGE_KINDS else ""
    return Task(label["repo"], label["rev"], base)


def dispute(label):
    return next((why for (kind, rev, path), why in DISPUTED.items()
                 if label["kind"] == kind and label["path"] == path and label["rev"].startswith(rev)), "")


def describe(label, run, lines):
    text = f"{label['kind']} {label['repo']} {label['rev'][:8]} {label['path']}:{label.get('line') or '-'}"
    if run.failure or run.remark:
        text += f" [{run.failure or run.remark}]"
    elif lines:
        text += f" [same rules in this file at lines {', '.join(map(str, lines))}]"
    return f"{text}\n    {label.get('evidence') or '(no evidence given)'}"


def report_labels(corpus, program, options):
    """Every label of a claimed kind: is it found at its revision?"""
    claimed = [x for x in corpus.labels if x["kind"] in KIND_RULES and not dispute(x)]
    program.run_all(label_task(corpus, x) for x in claimed)
    counts, listed = defaultdict(Counter), {"near": [], "missed": []}
    for label in claimed:
        run = program.runs[label_task(corpus, label)]
        verdict, lines = score_label(label, run)
        counts[label["kind"], label.get("stage") or "-"][verdict] += 1
        if verdict != "exact":
            listed[verdict].append(describe(label, run, lines))
    print_title("Labels")
    total = sum(counts.values(), Counter())
    rows = [("kind", "stage", "labels", "exact", "near", "missed")]
    rows += [(*key, sum(c.values()), c["exact"], c["near"], c["missed"]) for key, c in sorted(counts.items())]
    print_table(rows + [("total", "", sum(total.values()), total["exact"], total["near"], total["missed"])])
    for verdict, texts in listed.items():
        print(f"\n{verdict.capitalize()}: {len(texts)}\n" + "\n".join(texts))
    for label in filter(dispute, corpus.labels):
        print(f"disputed, not scored: {label['kind']} {label['rev'][:8]} {label['path']}: {dispute(label)}")
    rest = Counter(x["kind"] for x in corpus.labels if x["kind"] not in KIND_RULES)
    print(f"\nof kinds no rule claims: {sum(rest.values())} labels")
    print(", ".join(f"{kind} {n}" for kind, n in rest.most_common()))
    return f"{total['exact'] + total['near']} of {sum(total.values())} labels found ({total['near']} near)", True


def is_naive(trap, finding):
    return is_one_of(finding["rule"], TRAP_RULES.get(trap["naive_rule"], ()))


def on_trap(trap, finding):
    """Does the finding stand on the trap's line, or anywhere in its file for some traps?"""
    word = ANY_LINE_TRAPS.get(trap["naive_rule"])
    anywhere = word is not None and is_naive(trap, finding) and word in finding["message"].lower()
    return finding["path"] == trap["path"] and (anywhere or finding["line"] == trap["line"])


def report_traps(corpus, program, options):
    """Places that look wrong and are fine: a finding of the naive rule there is false."""
    unknown = sorted({t["naive_rule"] for t in corpus.traps} - set(TRAP_RULES))
    program.run_all(Task(t["repo"], t["rev"]) for t in corpus.traps)
    print_title("Traps")
    sprung, others = [], {}
    for trap in corpus.traps:
        run = program.runs[Task(trap["repo"], trap["rev"])]
        for finding in filter(lambda f: on_trap(trap, f), run.standing()):
            text = f"{finding['severity']} {finding['rule']} {place(finding)}: {finding['message']}"
            if finding["severity"] in ("error", "warning") and is_naive(trap, finding):
                sprung.append(f"{text}\n    trap \"{trap['naive_rule']}\": {trap['why_ok']}")
            else:
                others.setdefault(text, trap["naive_rule"])
    print(f"Sprung: {len(sprung)} of {len(corpus.traps)}\n" + "\n".join(sprung))
    print(f"Other findings on a trap line, for reading: {len(others)}")
    print("\n".join(f"{text}  [trap \"{naive}\"]" for text, naive in others.items()))
    for name in unknown:
        print(f"trap \"{name}\" is in no row of TRAP_RULES: not counted")
    return f"{len(sprung)} of {len(corpus.traps)} traps sprung", not sprung


def source_line(task, finding, texts):
    """The line a finding points at, "" when there is none to show."""
    rev = task.base if finding["state"] == "fixed" or finding.get("side") == "base" else task.head
    key = (task.repo, rev, finding["path"])
    if key not in texts:
        data = git(task.repo, "show", f"{rev}:{finding['path']}") if rev else None
        texts[key] = (data or b"").decode("utf-8", "replace").split("\n")
    number = finding["line"] or 0
    return texts[key][number - 1].rstrip("\r") if 0 < number <= len(texts[key]) else ""


def print_readings(rule, entries, markdown):
    weights = ", ".join(f"{n} {s}" for s, n in Counter(f["severity"] for _, f, _ in entries).most_common())
    print(f"\n## `{rule}`: {weights}\n" if markdown else f"\n{rule}: {weights}")
    for name, finding, line in entries:
        head = f"{name} {finding['state']} {finding['severity']}"
        if markdown:
            print(f"- {head} `{place(finding)}`: {finding['message']}\n\n      {line.strip()}\n")
        else:
            print(f"  {head} {finding['rule']} {place(finding)}: {finding['message']}\n      | {line}")


def report_read(corpus, program, options):
    """Every finding on the pull requests in full, for a person to read."""
    rows = [r for r in corpus.pull_requests if options.repo in ("all", r["repo"])]
    named = [(f"{r['repo']}#{r['pr']}", Task(r["repo"], r["head"], r["base"])) for r in rows]
    if options.all:
        named += [(f"{r['repo']}#{r['pr']}(all)", Task(r["repo"], r["head"])) for r in rows]
    program.run_all(task for _, task in named)
    by_rule, texts = defaultdict(list), {}
    for name, task in named:
        for finding in program.runs[task].findings:
            by_rule[finding["rule"]].append((name, finding, source_line(task, finding, texts)))
    print_title(f"Every finding on {len(rows)} pull requests")
    for rule, entries in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0])):
        print_readings(rule, entries, options.format == "markdown")
    return f"{sum(map(len, by_rule.values()))} findings to read, of {len(by_rule)} rules", True


# Each takes (corpus, program, options), prints, and returns (one line of summary, is it good?).
REPORTS = {"read": report_read, "prs": report_prs, "labels": report_labels, "traps": report_traps,
           "links": report_links, "seats": report_seats}


def parse_options(words):
    parser = argparse.ArgumentParser(description="Score scribelint against real course repositories.")
    parser.add_argument("report", nargs="?", default="all", choices=["all", *REPORTS])
    parser.add_argument("--scribelint", default=ROOT / "build" / "scribelint", metavar="PATH")
    parser.add_argument("--config", metavar="FILE", help="handed on to every run")
    parser.add_argument("--jobs", type=int, default=2, help="runs at the same time (2)")
    parser.add_argument("--repo", default="pgm", help="read: which repository, or all (pgm)")
    parser.add_argument("--all", action="store_true", help="read: whole heads too, for comparison")
    parser.add_argument("--format", choices=["text", "markdown"], default="text", help="read: how to print")
    return parser.parse_args(words)


def main(words):
    options = parse_options(words)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.stdout.reconfigure(errors="replace")
    folder = ROOT / os.environ.get("SCRIBELINT_CORPUS", "../shared/corpus")
    if not folder.is_dir():
        print("corpus: skipped, no corpus folder")
        return 0
    try:
        program = Program(options.scribelint, options.config, options.jobs)
        corpus = load_corpus(folder)
    except (Unusable, OSError, ValueError) as error:
        print(f"corpus: {error}", file=sys.stderr)
        return 2
    names = list(REPORTS) if options.report == "all" else [options.report]
    results = [REPORTS[name](corpus, program, options) for name in names]
    failures = program.failures()
    print_title("Summary")
    for task, failure in failures.items():
        print(f"failed: {' '.join(program.command(task))}\n    {failure}")
    print("\n".join(text for text, _ in results) + f"\n{len(program.runs)} runs, {len(failures)} failed")
    return 1 if failures or not all(good for _, good in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
