"""GitHub's server, as far as the action talks to it: fetching with a token, files of a release.

Run as `server.py ROOT TOKEN PORT-FILE`: serves ROOT/OWNER/REPOSITORY.git by git http-backend as
OWNER/REPOSITORY, and what stands below ROOT/OWNER/REPOSITORY/releases. Like GitHub it refuses two
Authorization headers and serves any commit by its id. Each request is a line in ROOT/requests.
"""
from __future__ import annotations

import base64
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

ROOT, TOKEN = Path(sys.argv[1]), sys.argv[2]
WANTED = "basic " + base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        with open(ROOT / "requests", "a", encoding="utf-8") as file:
            file.write(f"{status} {self.command} {self.path}\n")
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="GitHub"')
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve(self) -> None:
        url = urlsplit(self.path)
        body = self.read_body()
        if "/releases/download/" in url.path:
            file = ROOT / url.path.lstrip("/")
            self.answer(200, file.read_bytes()) if file.is_file() else self.answer(404)
            return
        given = self.headers.get_all("Authorization") or []
        if len(given) > 1:
            self.answer(400, b"Duplicate header: Authorization")
        elif [value.lower() for value in given] != [WANTED.lower()]:
            self.answer(401)
        elif "receive-pack" in self.path:
            self.answer(403, b"the token may only read")
        else:
            self.run_backend(url, body)

    do_GET = do_POST = serve

    def read_body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def run_backend(self, url, body: bytes) -> None:
        owner, name, *rest = url.path.lstrip("/").split("/")
        environment = {
            **os.environ, "GIT_PROJECT_ROOT": str(ROOT), "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": "/".join(("", owner, name + ".git", *rest)), "QUERY_STRING": url.query,
            "REQUEST_METHOD": self.command, "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": self.headers.get("Content-Type") or "",
            "CONTENT_LENGTH": str(len(body)), "GIT_PROTOCOL": self.headers.get("Git-Protocol") or "",
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding") or "",
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "uploadpack.allowAnySHA1InWant",
            "GIT_CONFIG_VALUE_0": "true"}
        answer = subprocess.run(["git", "http-backend"], input=body, env=environment,
                                stdout=subprocess.PIPE, check=False).stdout
        head, _, content = answer.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        self.answer(int(fields.get("Status", "200").split()[0]), content,
                    fields.get("Content-Type", "text/plain"))


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
Path(sys.argv[3]).write_text(str(server.server_port), encoding="utf-8")
server.serve_forever()
