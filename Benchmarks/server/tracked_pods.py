"""The whole host with many tracked pods: how fast it tells their states, what memory it holds, how soon it starts.

The scripted backend is in the same process. Its work is counted with the host's; its memory is measured in a process of
the same program that knows the same jobs and has no records of pods, and taken off.
"""

import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time

from plugin import Plugin, pod, uid
from tools import HERE, PODS, ROUNDS, SECONDS, tool

# Until memory was given back after the creates.
PAUSE = 20
# Until all jobs were listed a few times, and what that took was given back.
SETTLING = 30
# Longer than the longest pause between two lists, so that a list is among what is seen.
WATCHING = 60


def request(number):
    body = json.dumps([pod(number)]).encode()
    head = f"GET /status HTTP/1.1\r\nHost: unix\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def sequential(plugin, count):
    """Microseconds of one-pod status requests, one after the other over a unix socket."""
    times = []
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(plugin.socket))
        for turn in range(count):
            number = turn * 7919 % PODS
            text = request(number)
            begin = time.perf_counter_ns()
            client.sendall(text)
            answer = client.recv(65536)
            times.append((time.perf_counter_ns() - begin) / 1000)
            if not answer.startswith(b"HTTP/1.1 200") or uid(number).encode() not in answer:
                sys.exit(f"status: {answer}")
    return times


def rate(plugin, wrk):
    """One-pod status requests a second with 64 connections over TCP."""
    text = subprocess.run(
        [wrk, "-t2", "-c64", f"-d{SECONDS}s", "-s", HERE / "status.lua", f"http://127.0.0.1:{plugin.port}/status",
         "--", str(PODS)], check=True, capture_output=True, text=True).stdout
    requests, duration, failed = map(int, re.search(r"RESULT (.*)", text)[1].split())
    if failed:
        sys.exit(f"{failed} status requests failed\n{text}")
    return requests / duration * 1e6


def watch(plugins):
    """What each holds while nobody asks for anything: the median of a while, in KB."""
    time.sleep(SETTLING)
    samples = [[] for _ in plugins]
    for _ in range(WATCHING * 2):
        time.sleep(0.5)
        for plugin, values in zip(plugins, samples):
            values.append(plugin.memory())
    return [statistics.median(values) for values in samples]


def measure(program, folder):
    wrk = tool("wrk", "apt-get install wrk")
    with (
        Plugin(program, folder / "full") as full, Plugin(program, folder / "empty") as empty,
        Plugin(program, folder / "jobs-only") as jobs_only
    ):
        full.start()
        begin = time.monotonic()
        full.create(PODS)
        print(f"{PODS} creates: {PODS / (time.monotonic() - begin):.0f}/s with 64 at once")
        time.sleep(PAUSE)
        print(f"resident after them, before the restart: {full.memory() / 1024:.1f} MB")
        full.stop()
        shutil.copy(full.journal, jobs_only.journal)

        starts = []
        for _ in range(ROUNDS):
            starts.append(full.start())
            full.stop()

        for plugin in (full, empty, jobs_only):
            plugin.start()
        held, idle, backend = watch([full, empty, jobs_only])
        for plugin in (empty, jobs_only):
            plugin.stop()
        print(f"resident without pods: {idle / 1024:.1f} MB, with {PODS} pods and their jobs, restarted: {held / 1024:.1f} MB")
        print(f"a job of the scripted backend: {(backend - idle) / PODS:.2f} KB, which are not counted as the pod's")

        sequential(full, 2000)
        medians = [statistics.median(sequential(full, 2000)) for _ in range(ROUNDS)]
        rates = [rate(full, wrk) for _ in range(ROUNDS)]
        full.stop()
    return {
        "status.seq.p50": (f"{statistics.median(medians):.0f}", "us"),
        "status.c64.rate": (f"{statistics.median(rates):.0f}", "per_s"),
        "rss.idle": (f"{idle / 1024:.1f}", "MB"),
        "rss.per_pod": (f"{(held - backend) / PODS:.2f}", "KB"),
        "start.10k": (f"{statistics.median(starts):.3f}", "s"),
    }
