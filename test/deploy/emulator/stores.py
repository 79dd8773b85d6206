"""The kinds of resources that keep data, and those that watch."""

import json

import aws
from kinds import Simple, camel, resource, tagged, unique, without


@resource("AWS::EC2::Volume")
class Volume(Simple):
    def create(p, name):
        return aws.ec2.create_volume(**without(p, "Tags"), **tagged("volume", p))["VolumeId"]

    def delete(ref, p):
        aws.ec2.delete_volume(VolumeId=ref)


@resource("AWS::DLM::LifecyclePolicy")
class LifecyclePolicy(Simple):
    """The emulator has no such service: nothing of this can be read back."""

    def create(p, name):
        return unique("policy", 30)

    def update(ref, before, p):
        pass

    def delete(ref, p):
        pass


@resource("AWS::S3::Bucket")
class Bucket(Simple):
    def create(p, name):
        ref = p.get("BucketName", unique(name, 63)).lower()
        ownership = p.get("OwnershipControls", {}).get("Rules", [{}])[0]
        aws.s3.create_bucket(Bucket=ref, CreateBucketConfiguration={"LocationConstraint": aws.REGION}, **ownership)
        if "BucketEncryption" in p:
            rules = p["BucketEncryption"]["ServerSideEncryptionConfiguration"]
            aws.s3.put_bucket_encryption(Bucket=ref, ServerSideEncryptionConfiguration={"Rules": [Bucket.encryption(rule) for rule in rules]})
        if "PublicAccessBlockConfiguration" in p:
            aws.s3.put_public_access_block(Bucket=ref, PublicAccessBlockConfiguration=p["PublicAccessBlockConfiguration"])
        if "VersioningConfiguration" in p:
            aws.s3.put_bucket_versioning(Bucket=ref, VersioningConfiguration=p["VersioningConfiguration"])
        if "LifecycleConfiguration" in p:
            rules = [Bucket.expiry(rule) for rule in p["LifecycleConfiguration"]["Rules"]]
            aws.s3.put_bucket_lifecycle_configuration(Bucket=ref, LifecycleConfiguration={"Rules": rules})
        if "LoggingConfiguration" in p:
            to = p["LoggingConfiguration"]
            enabled = {"TargetBucket": to["DestinationBucketName"], "TargetPrefix": to.get("LogFilePrefix", "")}
            aws.s3.put_bucket_logging(Bucket=ref, BucketLoggingStatus={"LoggingEnabled": enabled})
        return ref

    def encryption(rule):
        default = {"ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"]}
        return {**default, **without(rule, "ServerSideEncryptionByDefault")}

    def expiry(rule):
        """The API has another name for two of the properties, and none for a rule about everything."""
        days = {"Expiration": {"Days": rule["ExpirationInDays"]}} if "ExpirationInDays" in rule else {}
        named = {"ID": rule["Id"]} if "Id" in rule else {}
        return {"Filter": {"Prefix": ""}, **named, **days, **without(rule, "Id", "ExpirationInDays")}

    def attribute(ref, p, name):
        return {"Arn": f"arn:aws:s3:::{ref}"}[name]

    def delete(ref, p):
        aws.s3.delete_bucket(Bucket=ref)


@resource("AWS::S3::BucketPolicy")
class BucketPolicy(Simple):
    def create(p, name):
        aws.s3.put_bucket_policy(Bucket=p["Bucket"], Policy=json.dumps(p["PolicyDocument"]))
        return p["Bucket"]

    def update(ref, before, p):
        BucketPolicy.create(p, "")

    def delete(ref, p):
        aws.s3.delete_bucket_policy(Bucket=ref)


@resource("AWS::Logs::LogGroup")
class LogGroup(Simple):
    def create(p, name):
        ref = p.get("LogGroupName", unique(name, 512))
        key = {"kmsKeyId": p["KmsKeyId"]} if "KmsKeyId" in p else {}
        aws.logs.create_log_group(logGroupName=ref, **key)
        if "RetentionInDays" in p:
            aws.logs.put_retention_policy(logGroupName=ref, retentionInDays=p["RetentionInDays"])
        return ref

    def attribute(ref, p, name):
        found = aws.logs.describe_log_groups(logGroupNamePrefix=ref)["logGroups"][0]
        return {"Arn": found["arn"]}[name]

    def delete(ref, p):
        aws.logs.delete_log_group(logGroupName=ref)


@resource("AWS::Logs::MetricFilter")
class MetricFilter(Simple):
    def create(p, name):
        ref = unique(name, 512)
        aws.logs.put_metric_filter(filterName=ref, **camel(p))
        return ref

    def update(ref, before, p):
        aws.logs.put_metric_filter(filterName=ref, **camel(p))

    def delete(ref, p):
        aws.logs.delete_metric_filter(filterName=ref, logGroupName=p["LogGroupName"])


@resource("AWS::CloudWatch::Alarm")
class Alarm(Simple):
    def create(p, name):
        ref = p.get("AlarmName", unique(name, 255))
        Alarm.update(ref, {}, p)
        return ref

    def update(ref, before, p):
        aws.cloudwatch.put_metric_alarm(AlarmName=ref, **without(p, "AlarmName"))

    def attribute(ref, p, name):
        return {"Arn": aws.cloudwatch.describe_alarms(AlarmNames=[ref])["MetricAlarms"][0]["AlarmArn"]}[name]

    def delete(ref, p):
        aws.cloudwatch.delete_alarms(AlarmNames=[ref])


@resource("AWS::CloudWatch::Dashboard")
class Dashboard(Simple):
    def create(p, name):
        ref = p.get("DashboardName", unique(name, 255))
        Dashboard.update(ref, {}, p)
        return ref

    def update(ref, before, p):
        aws.cloudwatch.put_dashboard(DashboardName=ref, DashboardBody=p["DashboardBody"])

    def delete(ref, p):
        aws.cloudwatch.delete_dashboards(DashboardNames=[ref])


@resource("AWS::SNS::Topic")
class Topic(Simple):
    def create(p, name):
        attributes = {"KmsMasterKeyId": p["KmsMasterKeyId"]} if "KmsMasterKeyId" in p else {}
        return aws.sns.create_topic(Name=p.get("TopicName", unique(name, 256)), Attributes=attributes)["TopicArn"]

    def attribute(ref, p, name):
        return {"TopicArn": ref, "TopicName": ref.split(":")[-1]}[name]

    def delete(ref, p):
        aws.sns.delete_topic(TopicArn=ref)


@resource("AWS::SNS::TopicPolicy")
class TopicPolicy(Simple):
    def create(p, name):
        for topic in p["Topics"]:
            aws.sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps(p["PolicyDocument"]))
        return unique(name, 128)

    def update(ref, before, p):
        TopicPolicy.create(p, "")

    def delete(ref, p):
        pass
