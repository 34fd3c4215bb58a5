"""Requests per second of our HTTP server and of Go's net/http, in turns.

Both answer the same request with the same bytes over TCP on the loopback interface, with limits and timeouts on.
"""

import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

from tools import HERE, ROUNDS, SECONDS, busy_ticks, tool

CONNECTIONS = [1, 64, 512]
TICKS = os.sysconf("SC_CLK_TCK")


def process_ticks(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


class Server:
    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def measure(self, wrk, connections, seconds):
        """Requests a second, median and 99th percentile in us, server CPU in us a request, foreign load in percent."""
        busy, own, client = busy_ticks(), process_ticks(self.process.pid), os.times()
        text = subprocess.run(
            [wrk, f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "-s", HERE / "ping.lua",
             f"{self.url}/status"], check=True, capture_output=True, text=True).stdout
        own = process_ticks(self.process.pid) - own
        after = os.times()
        wrk_ticks = (after.children_user + after.children_system - client.children_user - client.children_system) * TICKS
        foreign = max(0, busy_ticks() - busy - own - wrk_ticks) / (seconds * TICKS * os.cpu_count()) * 100
        requests, duration, failed, p50, p99 = map(int, re.search(r"RESULT (.*)", text)[1].split())
        if failed:
            sys.exit(f"{self.name}: {failed} requests failed\n{text}")
        return requests / duration * 1e6, p50, p99, own / TICKS / requests * 1e6, foreign

    def memory(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)


def measure(ours, go):
    """Prints a table; the ratios to Go by server and number of connections."""
    wrk = tool("wrk", "apt-get install wrk")
    commands = {"go": [go], "swift": [ours], "swift, hop": [ours, "--hop"]}
    servers = [Server(name, command) for name, command in commands.items()]
    samples = {(server.name, count): [] for server in servers for count in CONNECTIONS}
    try:
        for server in servers:
            server.measure(wrk, 64, 1)
        for turn in range(ROUNDS):
            for count in CONNECTIONS:
                # Each takes the first place in turn.
                for place in range(len(servers)):
                    server = servers[(turn + place) % len(servers)]
                    samples[server.name, count].append(server.measure(wrk, count, SECONDS))
        memory = {server.name: server.memory() for server in servers}
    finally:
        for server in servers:
            server.stop()

    print(f"{'connections':>11}  {'server':<10}  {'req/s':>8}  {'p50 us':>7}  {'p99 us':>7}  {'CPU us':>6}  {'vs go':>6}  {'RSS MB':>6}")
    ratios = {}
    for count in CONNECTIONS:
        for server in servers:
            rows = samples[server.name, count]
            rate, p50, p99, cpu, _ = (statistics.median(column) for column in zip(*rows))
            ratio = statistics.median(row[0] / peer[0] for row, peer in zip(rows, samples["go", count]))
            ratios[server.name, count] = ratio
            print(f"{count:>11}  {server.name:<10}  {rate:>8.0f}  {p50:>7.0f}  {p99:>7.0f}  {cpu:>6.1f}  {ratio:>6.2f}  {memory[server.name]:>6.1f}")
    foreign = statistics.median(row[4] for rows in samples.values() for row in rows)
    print(f"medians of {ROUNDS} interleaved runs of {SECONDS} s; other processes took {foreign:.0f} % of the machine")
    if foreign > 5:
        print("TIMES ARE NOT TO BE TRUSTED: the machine was busy with something else")
    return ratios
