"""Calls of the API, one a line of standard input: {"service", "operation", "parameters"}. The answers, one a line: {"answer"} or {"error"}."""

import json
import sys

import aws


def answer(service, operation, parameters):
    client = getattr(aws, service)
    if not client.can_paginate(operation):
        return getattr(client, operation)(**parameters)
    return client.get_paginator(operation).paginate(**parameters).build_full_result()


for line in sys.stdin:
    try:
        said = {"answer": answer(**json.loads(line))}
    except Exception as refusal:
        said = {"error": str(refusal)}
    print(json.dumps(said, default=str), flush=True)
