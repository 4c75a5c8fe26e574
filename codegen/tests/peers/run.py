"""Generates clients, starts moto, and runs programs that call it. README.md describes this."""

import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

import botocore
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

HERE = pathlib.Path(__file__).resolve().parent
CLIENTS = HERE / "target" / "clients"
MODELS = pathlib.Path(botocore.__file__).parent / "data"
SERVICES = ["apigateway", "cloudformation", "cloudwatch", "ec2", "iam", "lambda", "rds", "route53", "s3", "sns", "sts"]

# moto returns these lists in one page, so this server cuts them: the path, the list, the limit, and the tokens of both ways.
PAGES = {
    "/2015-03-31/functions": ("Functions", "MaxItems", "Marker", "NextMarker"),
    "/restapis": ("item", "limit", "position", "position"),
}

class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_):
        pass


def pages(application):
    """Cuts the lists of PAGES."""

    def serve(environ, start_response):
        cut = PAGES.get(environ["PATH_INFO"].rstrip("/"))
        if cut is None or environ["REQUEST_METHOD"] != "GET":
            return application(environ, start_response)
        items, limit, token, next_token = cut
        start = []
        body = json.loads(b"".join(application(environ, lambda *arguments: start.extend(arguments))))
        query = dict(urllib.parse.parse_qsl(environ["QUERY_STRING"]))
        first = int(query.get(token, "at 0/+=&").split()[1].split("/")[0])
        last = first + int(query.get(limit, 50))
        if last < len(body[items]):
            body[next_token] = f"at {last}/+=&"
        body[items] = body[items][first:last]
        text = json.dumps(body).encode()
        headers = [(name, value) for name, value in start[1] if name.lower() != "content-length"]
        start_response(start[0], [*headers, ("Content-Length", str(len(text)))])
        return [text]

    return serve


def generate(service):
    """Generates the client of a service, with all operations, under the name of the official crate."""
    crate = f"aws-sdk-{service}"
    command = ["cargo", "xtask", "codegen", "--model", MODELS / service, "--out", CLIENTS / service, "--name", crate]
    subprocess.run(command, cwd=HERE.parents[2], check=True, stdout=subprocess.DEVNULL)


def cargo(command, folder):
    environment = {**os.environ, "CARGO_TARGET_DIR": str(HERE / "target"), "CARGO_PROFILE_DEV_DEBUG": "0"}
    subprocess.run(["cargo", command, "--quiet", "--bins"], cwd=folder, env=environment, check=True)


def check_official():
    """Checks the same programs with the official crates: their manifest, without the paths."""
    folder = HERE / "target" / "official"
    folder.mkdir(parents=True, exist_ok=True)
    manifest = re.sub(r', path = "[^"]*"', "", (HERE / "Cargo.toml").read_text())
    (folder / "Cargo.toml").write_text(manifest)
    if not (folder / "src").exists():
        (folder / "src").symlink_to(HERE / "src")
    cargo("check", folder)
    print("the programs compile with the official crates")


def run(service, address):
    """Runs the program of a service, prints a line, and returns whether it succeeded."""
    post(f"{address}/moto-api/reset")
    # Without this, moto runs functions in Docker.
    post(f"{address}/moto-api/config", {"lambda": {"use_docker": False}})
    start = time.monotonic()
    program = [HERE / "target" / "debug" / service]
    result = subprocess.run(program, env={**os.environ, "PEER": address}, capture_output=True, text=True)
    seconds = time.monotonic() - start
    print(f"{service:<16}{'ok' if result.returncode == 0 else 'FAILED':<8}{seconds:6.1f} s", flush=True)
    print(result.stderr, end="", file=sys.stderr, flush=True)
    return result.returncode == 0


def post(url, value=None):
    urllib.request.urlopen(urllib.request.Request(url, json.dumps(value).encode(), method="POST")).close()


def main():
    if sys.argv[1:] == ["--official"]:
        return check_official()
    services = sys.argv[1:] or SERVICES
    for service in SERVICES:
        generate(service)
    cargo("build", HERE)
    application = pages(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    succeeded = [run(service, f"http://127.0.0.1:{server.port}") for service in services]
    sys.exit(not all(succeeded))


if __name__ == "__main__":
    main()
