#!/usr/bin/env python3
"""Stands in for Slack: takes what is posted to it, and prints the text of each message (docker compose logs chat).

usage: chat.py PORT [HOST]
"""
import http.server
import json
import sys


def texts(value):
    """Every text of a message's blocks, in their order."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for key, inner in value.items():
            if key != "text" or not isinstance(inner, str):
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


class Chat(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        message = json.loads(body)
        print("\n".join(["─" * 80, *texts(message.get("attachments") or message.get("blocks") or message)]), flush=True)
        # As Slack answers.
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *arguments):
        pass


http.server.ThreadingHTTPServer((sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1", int(sys.argv[1])), Chat).serve_forever()
