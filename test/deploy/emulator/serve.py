"""The emulator, on a free port of the loopback, which it prints. It ends when its standard input does: with whoever started it.

Arguments: the ARNs of the certificates that are there before anything is deployed.
"""

import os
import sys
import threading

from moto.acm.models import acm_backends
from moto.iam.access_control import PermissionResult
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from moto.s3.models import FakeBucket
from werkzeug.serving import make_server

import engine
import identity
import network
import stores
import workload


def give_certificate(arn):
    _, _, _, region, account, _ = arn.split(":")
    kept = acm_backends[account][region]._certificates
    made = acm_backends[account][region].request_certificate("example.com", None, [], [])
    certificate = kept.pop(made)
    certificate.arn, kept[arn] = arn, certificate


def main(certificates):
    engine.install()
    # Policies of buckets are judged here without their conditions, so that "deny unless TLS" would deny everybody.
    FakeBucket.get_permission = lambda self, action, resource: PermissionResult.NEUTRAL
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), True, request_handler=MotoRequestHandler)
    os.environ["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{server.server_port}"
    for arn in certificates:
        give_certificate(arn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(os.environ["AWS_ENDPOINT_URL"], flush=True)
    sys.stdin.read()
    os._exit(0)


main(sys.argv[1:])
