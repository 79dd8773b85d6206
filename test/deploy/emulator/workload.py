"""The kinds of resources that run something: machines, tasks, and what leads to them."""

import aws
from kinds import Simple, camel, resource, tagged, unique, without


@resource("AWS::EC2::LaunchTemplate")
class LaunchTemplate(Simple):
    def create(p, name):
        name = p.get("LaunchTemplateName", unique(name, 128))
        made = aws.ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=p["LaunchTemplateData"], **tagged("launch-template", p))
        return made["LaunchTemplate"]["LaunchTemplateId"]

    def update(ref, before, p):
        aws.ec2.create_launch_template_version(LaunchTemplateId=ref, LaunchTemplateData=p["LaunchTemplateData"])

    def attribute(ref, p, name):
        found = aws.ec2.describe_launch_templates(LaunchTemplateIds=[ref])["LaunchTemplates"][0]
        return str(found[{"LatestVersionNumber": "LatestVersionNumber", "DefaultVersionNumber": "DefaultVersionNumber"}[name]])

    def delete(ref, p):
        aws.ec2.delete_launch_template(LaunchTemplateId=ref)


@resource("AWS::AutoScaling::AutoScalingGroup")
class AutoScalingGroup(Simple):
    """Whom it tells of its machines is a call that the emulator does not have: that cannot be read back."""

    def sizes(p):
        return {size: int(p[size]) for size in ("MinSize", "MaxSize", "DesiredCapacity") if size in p}

    def create(p, name):
        ref = p.get("AutoScalingGroupName", unique(name, 255))
        aws.autoscaling.create_auto_scaling_group(
            AutoScalingGroupName=ref,
            VPCZoneIdentifier=",".join(p["VPCZoneIdentifier"]),
            **without(p, "AutoScalingGroupName", "VPCZoneIdentifier", "MinSize", "MaxSize", "DesiredCapacity", "NotificationConfigurations"),
            **AutoScalingGroup.sizes(p),
        )
        return ref

    def update(ref, before, p):
        aws.autoscaling.update_auto_scaling_group(AutoScalingGroupName=ref, LaunchTemplate=p["LaunchTemplate"], **AutoScalingGroup.sizes(p))

    def delete(ref, p):
        aws.autoscaling.delete_auto_scaling_group(AutoScalingGroupName=ref, ForceDelete=True)


@resource("AWS::ECS::Cluster")
class Cluster(Simple):
    def create(p, name):
        named = {"clusterName": unique(name, 255), **camel(without(p, "ClusterSettings"))}
        return aws.ecs.create_cluster(**named, settings=camel(p.get("ClusterSettings", [])))["cluster"]["clusterName"]

    def attribute(ref, p, name):
        return {"Arn": aws.ecs.describe_clusters(clusters=[ref])["clusters"][0]["clusterArn"]}[name]

    def delete(ref, p):
        aws.ecs.delete_cluster(cluster=ref)


@resource("AWS::ECS::TaskDefinition")
class TaskDefinition(Simple):
    def create(p, name):
        return aws.ecs.register_task_definition(**camel(p))["taskDefinition"]["taskDefinitionArn"]

    def delete(ref, p):
        aws.ecs.deregister_task_definition(taskDefinition=ref)


@resource("AWS::ECS::Service")
class Service(Simple):
    def create(p, name):
        for target in p.get("LoadBalancers", []):
            group = aws.elbv2.describe_target_groups(TargetGroupArns=[target["TargetGroupArn"]])["TargetGroups"][0]
            if not group["LoadBalancerArns"]:
                raise ValueError(f"the target group {target['TargetGroupArn']} does not have an associated load balancer")
        return aws.ecs.create_service(serviceName=p.get("ServiceName", unique(name, 255)), **Service.said(p))["service"]["serviceArn"]

    def update(ref, before, p):
        fixed = ("LaunchType", "LoadBalancers", "SchedulingStrategy", "DeploymentController", "EnableECSManagedTags")
        aws.ecs.update_service(service=ref, **Service.said(without(p, *fixed)))

    def said(p):
        said = camel(without(p, "ServiceName", "EnableECSManagedTags"))
        return {**said, **({"enableECSManagedTags": p["EnableECSManagedTags"]} if "EnableECSManagedTags" in p else {})}

    def delete(ref, p):
        aws.ecs.update_service(cluster=p["Cluster"], service=ref, desiredCount=0)
        aws.ecs.delete_service(cluster=p["Cluster"], service=ref)


@resource("AWS::ElasticLoadBalancingV2::LoadBalancer")
class LoadBalancer(Simple):
    """One that writes logs finds a bucket with a policy, or is refused."""

    def create(p, name):
        said = {item["Key"]: item["Value"] for item in p.get("LoadBalancerAttributes", [])}
        if said.get("access_logs.s3.enabled") == "true":
            aws.s3.get_bucket_policy(Bucket=said["access_logs.s3.bucket"])
        made = aws.elbv2.create_load_balancer(Name=p.get("Name", unique(name, 32)), **without(p, "Name", "LoadBalancerAttributes"))
        ref = made["LoadBalancers"][0]["LoadBalancerArn"]
        if said:
            aws.elbv2.modify_load_balancer_attributes(LoadBalancerArn=ref, Attributes=p["LoadBalancerAttributes"])
        return ref

    def update(ref, before, p):
        aws.elbv2.modify_load_balancer_attributes(LoadBalancerArn=ref, Attributes=p["LoadBalancerAttributes"])

    def attribute(ref, p, name):
        if name == "LoadBalancerFullName":
            return ref.split(":loadbalancer/")[1]
        found = aws.elbv2.describe_load_balancers(LoadBalancerArns=[ref])["LoadBalancers"][0]
        return {"DNSName": found["DNSName"], "CanonicalHostedZoneID": found["CanonicalHostedZoneId"]}[name]

    def delete(ref, p):
        attributes = aws.elbv2.describe_load_balancer_attributes(LoadBalancerArn=ref)["Attributes"]
        if {"Key": "deletion_protection.enabled", "Value": "true"} in attributes:
            raise ValueError(f"Load balancer '{ref}' cannot be deleted because deletion protection is enabled")
        aws.elbv2.delete_load_balancer(LoadBalancerArn=ref)


@resource("AWS::ElasticLoadBalancingV2::TargetGroup")
class TargetGroup(Simple):
    def create(p, name):
        made = aws.elbv2.create_target_group(Name=p.get("Name", unique(name, 32)), **without(p, "Name", "TargetGroupAttributes"))
        ref = made["TargetGroups"][0]["TargetGroupArn"]
        aws.elbv2.modify_target_group_attributes(TargetGroupArn=ref, Attributes=p.get("TargetGroupAttributes", []))
        return ref

    def attribute(ref, p, name):
        return {"TargetGroupFullName": ref.split(":")[5]}[name]

    def delete(ref, p):
        aws.elbv2.delete_target_group(TargetGroupArn=ref)


@resource("AWS::ElasticLoadBalancingV2::Listener")
class Listener(Simple):
    def create(p, name):
        return aws.elbv2.create_listener(**p)["Listeners"][0]["ListenerArn"]

    def update(ref, before, p):
        aws.elbv2.modify_listener(ListenerArn=ref, **without(p, "LoadBalancerArn"))

    def delete(ref, p):
        aws.elbv2.delete_listener(ListenerArn=ref)
