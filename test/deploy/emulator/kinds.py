"""The resources of CloudFormation, each made by the calls of the public API that the real handlers make.

The models of the emulator itself drop much of what a template says (the encryption of a volume, the egress of a group, the type of a
load balancer): what they drop could not be read back. Parameters pass through the client library, which refuses what the API does not know.
"""

import json
import random
import string

import aws

KINDS = {}


def resource(name):
    """A kind of resource: `create` returns its Ref; without `update` every change makes it anew."""

    def register(kind):
        KINDS[name] = kind
        return kind

    return register


def unique(name, longest, joined_by="-"):
    """As CloudFormation names what has no name: by stack and logical id, cut, with a random end."""
    end = "".join(random.choices(string.ascii_uppercase + string.digits, k=12))
    return name[: longest - 13].rstrip(joined_by) + joined_by + end


def without(p, *names):
    return {key: value for key, value in p.items() if key not in names}


def camel(value, free=("Options", "DockerLabels")):
    """Names as ECS and CloudWatch Logs write them; what is under `free` is the user's own."""
    if isinstance(value, list):
        return [camel(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key[0].lower() + key[1:]: each if key in free else camel(each) for key, each in value.items()}


def tagged(kind, p):
    tags = [without(tag, "PropagateAtLaunch") for tag in p.get("Tags", [])]
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]} if tags else {}


class Simple:
    """What needs no attribute, and is made anew when it changes."""

    @staticmethod
    def attribute(ref, p, name):
        raise KeyError(name)
