"""A small client of a language server: JSON-RPC over the server's standard streams.

Source: https://microsoft.github.io/language-server-protocol/
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

TIMEOUT = 60


class Client:
    """Speaks with a server that runs in a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], root: Path) -> None:
        assert process.stdin and process.stdout
        self._stdin = process.stdin
        self._root = root
        self._last_id = 0
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        arguments = (process.stdout, self._messages)
        threading.Thread(target=_receive, args=arguments, daemon=True).start()

    def start(self, settings: Any) -> None:
        root = self._root.as_uri()
        capabilities: dict[str, Any] = {"textDocument": {"publishDiagnostics": {}}}
        self.request(
            "initialize",
            {"processId": None, "rootUri": root, "capabilities": capabilities},
        )
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": settings})

    def stop(self) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)

    def open(self, path: str, text: str) -> None:
        document = {"languageId": "python", "version": 1, "text": text}
        document["uri"] = self._uri(path)
        self.notify("textDocument/didOpen", {"textDocument": document})

    def edit(self, path: str, version: int, row: int, old: str, new: str) -> None:
        """Replace ``old``, text of line ``row`` from its start on; all from 0."""
        start, end = ({"line": row, "character": at} for at in (0, len(old)))
        change = {"range": {"start": start, "end": end}, "text": new}
        document = {"uri": self._uri(path), "version": version}
        parameters = {"textDocument": document, "contentChanges": [change]}
        self.notify("textDocument/didChange", parameters)

    def diagnostics(self, path: str) -> list[dict[str, Any]]:
        """Return the next ones that the server publishes for a file."""
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics":
                parameters = message["params"]
                if parameters["uri"] == self._uri(path):
                    return list(parameters["diagnostics"])

    def request(self, method: str, parameters: Any) -> Any:
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": parameters})
        while True:
            message = self._next()
            if message.get("id") == self._last_id and "method" not in message:
                return message["result"]

    def notify(self, method: str, parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _uri(self, path: str) -> str:
        return (self._root / path).as_uri()

    def _next(self) -> dict[str, Any]:
        """Return the next message; answer the server's own requests with nothing."""
        message = self._messages.get(timeout=TIMEOUT)
        if "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._stdin.flush()


def _receive(stream: IO[bytes], messages: queue.Queue[dict[str, Any]]) -> None:
    while header := stream.readline():
        length = 0
        while header.strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            header = stream.readline()
        messages.put(json.loads(stream.read(length)))


@contextmanager
def session(
    command: Sequence[str], root: Path, settings: Any, environment: Mapping[str, str]
) -> Iterator[Client]:
    """Start a server for the project in ``root``, and end it well."""
    process = subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        with process:
            client = Client(process, root)
            client.start(settings)
            yield client
            client.stop()
            assert process.wait(TIMEOUT) == 0
    finally:
        process.kill()
