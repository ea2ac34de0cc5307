"""Read a built site as a browser would: what its links, images and anchors lead to."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HOST = "http://the-site.invalid"


@dataclass
class Reference:
    """A link or an image in a built page, with the file that it was written in."""
    source: str
    target: str
    kind: str  # link, image
    label: str = ""


@dataclass
class Page:
    anchors: set = field(default_factory=set)
    references: list = field(default_factory=list)


class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open = None

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        self.page.anchors.update(names[key] for key in ("id", "name") if names.get(key) and (key == "id" or tag == "a"))
        # Of a page that is pasted into another the innermost mark, the last, is its own.
        where = {"a": "href", "img": "src"}.get(tag)
        if where and names.get(where) is not None and names.get("data-source"):
            reference = Reference(names["data-source"], names[where].strip(), "image" if tag == "img" else "link")
            reference.label = names.get("alt") or "" if tag == "img" else ""
            self.page.references.append(reference)
            self.open = reference if tag == "a" else self.open

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        if tag == "a":
            self.open = None

    def handle_data(self, data):
        if self.open:
            self.open.label += data


class Site:
    """The files of a built site, and what a server answers for a path."""

    def __init__(self, built):
        self.built = built
        self.files = {str(path.relative_to(built.folder)) for path in built.folder.rglob("*") if path.is_file()}
        self.folders = {str(parent) for name in self.files for parent in Path(name).parents}
        self.read = {}

    def page(self, name):
        if name not in self.read:
            reader = Reader()
            if name.endswith((".html", ".htm", ".xhtml")):
                reader.feed((self.built.folder / name).read_text("utf-8", "replace"))
                reader.close()
            self.read[name] = reader.page
        return self.read[name]

    def url(self, name):
        path = re.sub(r"(^|/)index\.html$", r"\1", name)
        return f"{HOST}{self.built.baseurl}/{path}"

    def serve(self, path):
        """The file that a server of static files answers with; "" for none."""
        if path == "" or path.endswith("/"):
            return f"{path}index.html" if f"{path}index.html" in self.files else ""
        forms = (path, f"{path}.html", f"{path}/index.html")
        return next((form for form in forms if form in self.files), "")

    def judge(self, name, target):
        """fine, external, elsewhere (of the same host), missing or anchor, for `target` on page `name`."""
        own = self.built.host.rstrip("/")
        target = target.strip()
        if own and (target == own or target.startswith(f"{own}/")):
            target = target[len(own):] or "/"
        if re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", target):
            return "external"
        if target == "" or target.startswith("?"):
            return "fine"
        parts = urlsplit(urljoin(self.url(name), target.replace(" ", "%20")))
        path, base = unquote(parts.path), self.built.baseurl
        if path != base and not path.startswith(f"{base}/"):
            return "missing" if self.serve(path.lstrip("/")) or re.search(r"\.\w{2,5}$", path) else "elsewhere"
        found = self.serve(path[len(base):].lstrip("/"))
        if not found:
            return "missing"
        return "fine" if self.has_anchor(found, unquote(parts.fragment)) else "anchor"

    def has_anchor(self, name, fragment):
        known = not fragment or fragment.lower() == "top" or fragment.startswith(":~:")
        return known or not name.endswith((".html", ".htm", ".xhtml")) or fragment in self.page(name).anchors
