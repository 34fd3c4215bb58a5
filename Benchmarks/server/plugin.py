"""The plugin of the tests as a process: a whole host, with a scripted backend inside."""

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from tools import free_port


def uid(number):
    return f"1b4e28ba-2fa1-41d2-883f-{number:012d}"


def pod(number):
    return {
        "metadata": {"uid": uid(number), "name": f"pod-{number}", "namespace": "bench"},
        "spec": {"nodeName": "vk", "restartPolicy": "Never", "containers": [
            {"name": "main", "image": "docker.io/library/busybox:1.36", "command": ["sleep", "1000"], "resources": {}}]},
    }


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("unix")
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Plugin:
    """Records, sockets and the backend's journal of jobs are in `folder`, `settings` are more lines of configuration."""

    def __init__(self, program, folder, settings=""):
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.journal = folder / "jobs"
        self.socket = folder / "socket"
        self.port = free_port()
        configuration = folder / "configuration"
        configuration.write_text(
            f"listen: {{ unix: {{ path: {self.socket} }}, tcp: {{ port: {self.port} }} }}\n"
            f"state: {{ folder: {folder} }}\njournal: {self.journal}\nlog: {{ level: warning }}\nrunTime: 10h\n{settings}")
        self.command = [program, "--config", configuration]
        self.process = None

    def start(self):
        """Starts it; the seconds until it is ready."""
        begin = time.monotonic()
        self.process = subprocess.Popen(self.command)
        while True:
            try:
                connection = UnixConnection(self.socket)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return time.monotonic() - begin
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() - begin > 60:
                sys.exit("the plugin does not start")
            time.sleep(0.002)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(timeout=60) != 0:
            sys.exit("the plugin did not end in order")
        self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.kill()
            self.process.wait()

    def memory(self):
        """Resident KB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def create(self, count):
        """Creates pods, 64 at a time."""
        numbers = iter(range(count))
        lock = threading.Lock()
        problems = []

        def work():
            connection = UnixConnection(self.socket)
            while not problems:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                connection.request("POST", "/create", json.dumps({"pod": pod(number), "container": []}))
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 200:
                    problems.append(f"create: {answer.status} {body}")

        threads = [threading.Thread(target=work) for _ in range(min(64, count))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if problems:
            sys.exit(problems[0])
