#!/usr/bin/env python3
# gateway.py PORT FOLDER: a stand-in for an SMS gateway on 127.0.0.1.
#
# Every POST becomes a line of FOLDER/received: JSON with id, to, text, topic, key, path, status. FOLDER/mode says how it answers:
# a status such as 200 or 503; `hang` (no answer for 6 s); `redirect` (to /elsewhere, which answers 200); `slow` (200 after
# 0.5 s); `bad` (503 for texts that hold the words of FOLDER/bad, else 200).
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, FOLDER = int(sys.argv[1]), sys.argv[2]
LOCK = threading.Lock()


def read(name, otherwise=""):
    try:
        with open(os.path.join(FOLDER, name)) as f:
            return f.read().strip()
    except FileNotFoundError:
        return otherwise


class Gateway(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        mode = read("mode", "200")
        message = json.loads(body)
        status = 200
        if mode.isdigit():
            status = int(mode)
        elif mode == "redirect" and self.path != "/elsewhere":
            status = 302
        elif mode == "bad" and message["text"].find(read("bad", "never")) >= 0:
            status = 503
        message.update(status=status, path=self.path, key=self.headers.get("Authorization", ""),
                       type=self.headers.get("Content-Type", ""))
        with LOCK, open(os.path.join(FOLDER, "received"), "a") as f:
            f.write(json.dumps(message, ensure_ascii=False) + "\n")
        if mode == "hang":
            time.sleep(6)
        if mode == "slow":
            time.sleep(0.5)
        try:
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")
        except (BrokenPipeError, ConnectionResetError):
            pass


ThreadingHTTPServer.request_queue_size = 64
server = ThreadingHTTPServer(("127.0.0.1", PORT), Gateway)
server.daemon_threads = True
server.serve_forever()
