"""Clients of the emulator itself, by the names of the services: `aws.ec2`. Its own process is one of its callers."""

import functools
import os

import boto3
from botocore.config import Config

# Asked once: a call that was answered with a fault of the emulator would only hide it by being made again.
ONCE = Config(retries={"max_attempts": 1, "mode": "standard"}, read_timeout=120)
REGION = os.environ["AWS_REGION"]


@functools.cache
def __getattr__(service):
    return boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name=REGION, config=ONCE)
