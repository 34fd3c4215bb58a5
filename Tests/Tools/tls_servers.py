"""HTTPS servers for the tests of the client, with certificates made on the spot.

usage: tls_servers.py DIRECTORY
Prints one line: a port for each of plain, mutual (wants a client certificate), misnamed, old (no TLS 1.3).
Ends with its parent.
"""

import http.server
import itertools
import json
import os
import ssl
import subprocess
import sys
import threading
import time

os.closerange(3, 4096)  # what other tests had open when this was started
parent = os.getppid()
os.chdir(sys.argv[1])


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def key(name):
    return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key"]


def authority(name):
    openssl("req", "-x509", *key(name), "-out", f"{name}.pem", "-days", "2", "-subj", f"/CN={name}")


def certificate(name, extension):
    openssl("req", "-new", *key(name), "-out", f"{name}.csr", "-subj", f"/CN={name}")
    with open(f"{name}.ext", "w") as file:
        file.write(extension)
    openssl(
        "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
        "-days", "2", "-out", f"{name}.pem", "-extfile", f"{name}.ext")


numbers = itertools.count()

authority("ca")
authority("stranger")
certificate("server", "subjectAltName=IP:127.0.0.1,DNS:localhost")
certificate("misnamed", "subjectAltName=DNS:elsewhere.example")
certificate("client", "extendedKeyUsage=clientAuth")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        peer = self.connection.getpeercert() or {}
        names = [value for part in peer.get("subject", ()) for _, value in part]
        body = f"{self.connection.version()} {' '.join(names)}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        """Keeps what was posted. Answers /answer/CODE/... with that code, all else with 200."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        peer = self.connection.getpeercert() or {}
        posted = {"path": self.path, "headers": dict(self.headers), "body": body, "peer": str(peer.get("subject", ""))}
        number = next(numbers)
        with open(f"posted-{number}.new", "w") as file:
            json.dump(posted, file)
        os.rename(f"posted-{number}.new", f"posted-{number}")
        parts = self.path.split("/")
        self.send_response(int(parts[2]) if parts[1] == "answer" else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, context):
        super().__init__(("127.0.0.1", 0), Handler)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request, client_address):
        pass


def serve(name, mutual=False, newest=ssl.TLSVersion.TLSv1_3):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = newest
    context.load_cert_chain(f"{name}.pem", f"{name}.key")
    if mutual:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations("ca.pem")
    server = Server(context)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


ports = [serve("server"), serve("server", mutual=True), serve("misnamed"), serve("server", newest=ssl.TLSVersion.TLSv1_2)]
print(*ports, flush=True)
while os.getppid() == parent:
    time.sleep(0.2)
