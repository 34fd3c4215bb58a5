"""A log of 1 GB through the host's /getLogs: its last lines, and all of it beside nginx, which serves the same file.

Both are asked by the same client, in turns, over TCP and over unix sockets; the file is in memory.
"""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import zlib

from plugin import Plugin, UnixConnection, pod, uid
from tools import ROUNDS, free_port, tool

SIZE = 1 << 30
LINES = 100
TAILS = 50


def write_log(path):
    """Lines of 64 bytes, made a megabyte at a time; on the disk when it returns."""
    lines = (f"{number:05d} a step is done, and its loss is 0.0123, as it was".ljust(63, ".") for number in range(1 << 14))
    block = ("\n".join(lines) + "\n").encode()
    with path.open("wb") as file:
        for _ in range(SIZE // len(block)):
            file.write(block)
        os.fsync(file.fileno())


class Nginx:
    """Serves the files of a folder as Debian's configuration would, in one process, with everything in that folder."""

    def __init__(self, folder):
        self.socket = folder / "nginx.socket"
        self.port = free_port()
        configuration = folder / "nginx.conf"
        configuration.write_text(f"""
            daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr warn;
            events {{ worker_connections 768; }}
            http {{
                sendfile on; tcp_nopush on; access_log off; default_type text/plain;
                client_body_temp_path {folder}/nginx; proxy_temp_path {folder}/nginx; fastcgi_temp_path {folder}/nginx;
                uwsgi_temp_path {folder}/nginx; scgi_temp_path {folder}/nginx;
                server {{ listen 127.0.0.1:{self.port}; listen unix:{self.socket}; root {folder}; }}
            }}""")
        program = tool("nginx", "apt-get install nginx-light")
        self.process = subprocess.Popen([program, "-e", "stderr", "-p", folder, "-c", configuration])
        while not self.socket.exists():
            if self.process.poll() is not None:
                sys.exit("nginx does not start")
            time.sleep(0.01)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def log_request(options):
    body = json.dumps({"Namespace": "bench", "PodUID": uid(0), "PodName": "pod-0", "ContainerName": "main", "Opts": options})
    return ("GET", "/getLogs", body, {"Content-Type": "application/json", "Connection": "close"})


FILE_REQUEST = ("GET", "/log", None, {"Connection": "close"})


def check(peer, request, log):
    """The answer is the log, byte for byte."""
    connection = UnixConnection(peer.socket)
    connection.request(*request)
    answer = connection.getresponse()
    checksum = size = 0
    while chunk := answer.read(1 << 20):
        checksum, size = zlib.crc32(chunk, checksum), size + len(chunk)
    expected = 0
    with log.open("rb") as file:
        while chunk := file.read(1 << 20):
            expected = zlib.crc32(chunk, expected)
    if answer.status != 200 or (size, checksum) != (SIZE, expected):
        sys.exit(f"{type(peer).__name__} has not answered with the log: {answer.status}, {size} bytes")


def connected(peer, transport):
    if transport == "TCP":
        return socket.create_connection(("127.0.0.1", peer.port))
    client = socket.socket(socket.AF_UNIX)
    client.connect(str(peer.socket))
    return client


def whole(peer, request, transport):
    """Seconds from the request to the end of the answer, which is counted but not looked at."""
    method, target, body, headers = request
    lines = [f"{method} {target} HTTP/1.1", "Host: unix"] + [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    buffer = bytearray(1 << 20)
    size = 0
    with connected(peer, transport) as client:
        begin = time.monotonic()
        client.sendall("\r\n".join(lines + ["", body or ""]).encode())
        while count := client.recv_into(buffer):
            size += count
        taken = time.monotonic() - begin
    if size < SIZE:
        sys.exit(f"{type(peer).__name__} has sent {size} bytes")
    return taken


def tail(connection, log_end):
    """Milliseconds for the last lines."""
    method, target, body, _ = log_request({"Tail": LINES})
    begin = time.perf_counter()
    connection.request(method, target, body, {"Content-Type": "application/json"})
    text = connection.getresponse().read()
    taken = (time.perf_counter() - begin) * 1000
    if text != log_end:
        sys.exit(f"these are not the last lines: {text[-200:]}")
    return taken


def compare(peers, transport):
    """How many times as fast as nginx the plugin is."""
    seconds = [[], []]
    for turn in range(ROUNDS):
        for place in ((0, 1), (1, 0))[turn % 2]:
            peer, request = peers[place]
            seconds[place].append(whole(peer, request, transport))
    ours, nginx = (SIZE / statistics.median(values) / 1e6 for values in seconds)
    print(f"all of a log of {SIZE >> 20} MB over {transport}: {ours:.0f} MB/s, from nginx {nginx:.0f} MB/s")
    return statistics.median(theirs / mine for mine, theirs in zip(*seconds))


def measure(program, folder):
    log = folder / "log"
    write_log(log)
    with Plugin(program, folder / "logs", f"output: {log}\n") as plugin, Nginx(folder) as nginx:
        plugin.start()
        plugin.create(1)
        peers = [(plugin, log_request({})), (nginx, FILE_REQUEST)]
        for peer, request in peers:
            check(peer, request, log)
        ratios = {transport: compare(peers, transport) for transport in ("TCP", "unix")}

        with log.open("rb") as file:
            file.seek(-64 * LINES, os.SEEK_END)
            log_end = file.read()
        connection = UnixConnection(plugin.socket)
        tail(connection, log_end)
        tails = [statistics.median(tail(connection, log_end) for _ in range(TAILS)) for _ in range(ROUNDS)]
        plugin.stop()
    return {
        "logs.tail": (f"{statistics.median(tails):.2f}", "ms"),
        "logs.full.vs_nginx": (f"{ratios['TCP']:.2f}", "ratio"),
        "logs.full.unix.vs_nginx": (f"{ratios['unix']:.2f}", "ratio"),
    }
