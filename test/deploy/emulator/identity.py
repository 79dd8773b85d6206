"""The kinds of resources that give rights."""

import json

import aws
from kinds import Simple, resource, unique, without


@resource("AWS::IAM::Role")
class Role(Simple):
    def create(p, name):
        ref = p.get("RoleName", unique(name, 64))
        document = json.dumps(p["AssumeRolePolicyDocument"])
        own = without(p, "RoleName", "AssumeRolePolicyDocument", "ManagedPolicyArns", "Policies")
        aws.iam.create_role(RoleName=ref, AssumeRolePolicyDocument=document, **own)
        for arn in p.get("ManagedPolicyArns", []):
            aws.iam.attach_role_policy(RoleName=ref, PolicyArn=arn)
        for policy in p.get("Policies", []):
            aws.iam.put_role_policy(RoleName=ref, PolicyName=policy["PolicyName"], PolicyDocument=json.dumps(policy["PolicyDocument"]))
        return ref

    def update(ref, before, p):
        aws.iam.update_assume_role_policy(RoleName=ref, PolicyDocument=json.dumps(p["AssumeRolePolicyDocument"]))

    def attribute(ref, p, name):
        found = aws.iam.get_role(RoleName=ref)["Role"]
        return {"Arn": found["Arn"], "RoleId": found["RoleId"]}[name]

    def delete(ref, p):
        for policy in p.get("Policies", []):
            aws.iam.delete_role_policy(RoleName=ref, PolicyName=policy["PolicyName"])
        for arn in p.get("ManagedPolicyArns", []):
            aws.iam.detach_role_policy(RoleName=ref, PolicyArn=arn)
        aws.iam.delete_role(RoleName=ref)


@resource("AWS::IAM::Policy")
class Policy(Simple):
    def create(p, name):
        for role in p["Roles"]:
            aws.iam.put_role_policy(RoleName=role, PolicyName=p["PolicyName"], PolicyDocument=json.dumps(p["PolicyDocument"]))
        return unique(name, 128)

    def update(ref, before, p):
        Policy.create(p, "")

    def delete(ref, p):
        for role in p["Roles"]:
            aws.iam.delete_role_policy(RoleName=role, PolicyName=p["PolicyName"])


@resource("AWS::IAM::InstanceProfile")
class InstanceProfile(Simple):
    def create(p, name):
        ref = p.get("InstanceProfileName", unique(name, 128))
        aws.iam.create_instance_profile(InstanceProfileName=ref)
        for role in p["Roles"]:
            aws.iam.add_role_to_instance_profile(InstanceProfileName=ref, RoleName=role)
        return ref

    def attribute(ref, p, name):
        return {"Arn": aws.iam.get_instance_profile(InstanceProfileName=ref)["InstanceProfile"]["Arn"]}[name]

    def delete(ref, p):
        for role in p["Roles"]:
            aws.iam.remove_role_from_instance_profile(InstanceProfileName=ref, RoleName=role)
        aws.iam.delete_instance_profile(InstanceProfileName=ref)


@resource("AWS::IAM::ServiceLinkedRole")
class ServiceLinkedRole(Simple):
    def create(p, name):
        return aws.iam.create_service_linked_role(**p)["Role"]["RoleName"]

    def attribute(ref, p, name):
        return {"RoleName": ref}[name]

    def delete(ref, p):
        aws.iam.delete_service_linked_role(RoleName=ref)


@resource("AWS::KMS::Key")
class Key(Simple):
    def create(p, name):
        own = without(p, "KeyPolicy", "EnableKeyRotation", "Tags")
        ref = aws.kms.create_key(Policy=json.dumps(p["KeyPolicy"]), **own)["KeyMetadata"]["KeyId"]
        if p.get("EnableKeyRotation"):
            aws.kms.enable_key_rotation(KeyId=ref)
        return ref

    def update(ref, before, p):
        aws.kms.put_key_policy(KeyId=ref, PolicyName="default", Policy=json.dumps(p["KeyPolicy"]))

    def attribute(ref, p, name):
        return {"Arn": aws.kms.describe_key(KeyId=ref)["KeyMetadata"]["Arn"], "KeyId": ref}[name]

    def delete(ref, p):
        aws.kms.schedule_key_deletion(KeyId=ref)
