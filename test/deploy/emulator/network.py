"""The kinds of resources that make a network."""

import json

import aws
from kinds import Simple, resource, tagged, unique, without


@resource("AWS::EC2::VPC")
class Vpc(Simple):
    def create(p, name):
        ref = aws.ec2.create_vpc(**without(p, "EnableDnsHostnames", "EnableDnsSupport", "Tags"), **tagged("vpc", p))["Vpc"]["VpcId"]
        for option in ("EnableDnsSupport", "EnableDnsHostnames"):
            if option in p:
                aws.ec2.modify_vpc_attribute(VpcId=ref, **{option: {"Value": p[option]}})
        return ref

    def delete(ref, p):
        aws.ec2.delete_vpc(VpcId=ref)


@resource("AWS::EC2::Subnet")
class Subnet(Simple):
    def create(p, name):
        ref = aws.ec2.create_subnet(**without(p, "MapPublicIpOnLaunch", "Tags"), **tagged("subnet", p))["Subnet"]["SubnetId"]
        aws.ec2.modify_subnet_attribute(SubnetId=ref, MapPublicIpOnLaunch={"Value": p.get("MapPublicIpOnLaunch", False)})
        return ref

    def delete(ref, p):
        aws.ec2.delete_subnet(SubnetId=ref)


@resource("AWS::EC2::RouteTable")
class RouteTable(Simple):
    def create(p, name):
        return aws.ec2.create_route_table(VpcId=p["VpcId"], **tagged("route-table", p))["RouteTable"]["RouteTableId"]

    def delete(ref, p):
        aws.ec2.delete_route_table(RouteTableId=ref)


@resource("AWS::EC2::SubnetRouteTableAssociation")
class SubnetRouteTableAssociation(Simple):
    def create(p, name):
        return aws.ec2.associate_route_table(**p)["AssociationId"]

    def delete(ref, p):
        aws.ec2.disassociate_route_table(AssociationId=ref)


@resource("AWS::EC2::Route")
class Route(Simple):
    def create(p, name):
        aws.ec2.create_route(**p)
        return f"{p['RouteTableId']}|{p['DestinationCidrBlock']}"

    def delete(ref, p):
        aws.ec2.delete_route(RouteTableId=p["RouteTableId"], DestinationCidrBlock=p["DestinationCidrBlock"])


@resource("AWS::EC2::InternetGateway")
class InternetGateway(Simple):
    def create(p, name):
        return aws.ec2.create_internet_gateway(**tagged("internet-gateway", p))["InternetGateway"]["InternetGatewayId"]

    def delete(ref, p):
        aws.ec2.delete_internet_gateway(InternetGatewayId=ref)


@resource("AWS::EC2::VPCGatewayAttachment")
class VpcGatewayAttachment(Simple):
    def create(p, name):
        aws.ec2.attach_internet_gateway(**p)
        return f"IGW|{p['VpcId']}"

    def delete(ref, p):
        aws.ec2.detach_internet_gateway(**p)


@resource("AWS::EC2::EIP")
class Eip(Simple):
    def create(p, name):
        return aws.ec2.allocate_address(Domain=p["Domain"], **tagged("elastic-ip", p))["PublicIp"]

    def attribute(ref, p, name):
        return aws.ec2.describe_addresses(PublicIps=[ref])["Addresses"][0][name]

    def delete(ref, p):
        aws.ec2.release_address(AllocationId=Eip.attribute(ref, p, "AllocationId"))


@resource("AWS::EC2::NatGateway")
class NatGateway(Simple):
    def create(p, name):
        return aws.ec2.create_nat_gateway(**without(p, "Tags"), **tagged("natgateway", p))["NatGateway"]["NatGatewayId"]

    def delete(ref, p):
        aws.ec2.delete_nat_gateway(NatGatewayId=ref)


def permission(rule):
    """A rule of a template as the API takes it."""
    text = {"Description": rule["Description"]} if "Description" in rule else {}
    other = rule.get("SourceSecurityGroupId") or rule.get("DestinationSecurityGroupId")
    ends = {
        "IpRanges": [{"CidrIp": rule["CidrIp"], **text}] if "CidrIp" in rule else [],
        "Ipv6Ranges": [{"CidrIpv6": rule["CidrIpv6"], **text}] if "CidrIpv6" in rule else [],
        "UserIdGroupPairs": [{"GroupId": other, **text}] if other else [],
    }
    ports = {name: rule[name] for name in ("FromPort", "ToPort") if name in rule}
    return {"IpProtocol": rule["IpProtocol"], **ports, **{kind: end for kind, end in ends.items() if end}}


@resource("AWS::EC2::SecurityGroup")
class SecurityGroup(Simple):
    """A group that states any egress loses the one to everywhere that every new group has."""

    def create(p, name):
        group = {"GroupName": p.get("GroupName", unique(name, 255)), "Description": p["GroupDescription"], "VpcId": p["VpcId"]}
        ref = aws.ec2.create_security_group(**group, **tagged("security-group", p))["GroupId"]
        SecurityGroup.rules(ref, "ingress", [], p.get("SecurityGroupIngress", []))
        everywhere = [{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}]
        if "SecurityGroupEgress" in p:
            SecurityGroup.rules(ref, "egress", everywhere, p["SecurityGroupEgress"])
        return ref

    def rules(ref, way, before, after):
        if before:
            getattr(aws.ec2, f"revoke_security_group_{way}")(GroupId=ref, IpPermissions=[permission(rule) for rule in before])
        if after:
            getattr(aws.ec2, f"authorize_security_group_{way}")(GroupId=ref, IpPermissions=[permission(rule) for rule in after])

    def update(ref, before, p):
        for way, name in (("ingress", "SecurityGroupIngress"), ("egress", "SecurityGroupEgress")):
            old, new = before.get(name, []), p.get(name, [])
            gone, come = [rule for rule in old if rule not in new], [rule for rule in new if rule not in old]
            SecurityGroup.rules(ref, way, gone, come)

    def attribute(ref, p, name):
        return {"GroupId": ref, "VpcId": p["VpcId"]}[name]

    def delete(ref, p):
        aws.ec2.delete_security_group(GroupId=ref)


class SecurityGroupRule(Simple):
    @classmethod
    def create(cls, p, name):
        made = getattr(aws.ec2, f"authorize_security_group_{cls.way}")(GroupId=p["GroupId"], IpPermissions=[permission(p)])
        return made["SecurityGroupRules"][0]["SecurityGroupRuleId"]

    @classmethod
    def delete(cls, ref, p):
        getattr(aws.ec2, f"revoke_security_group_{cls.way}")(GroupId=p["GroupId"], SecurityGroupRuleIds=[ref])


@resource("AWS::EC2::SecurityGroupIngress")
class SecurityGroupIngress(SecurityGroupRule):
    way = "ingress"


@resource("AWS::EC2::SecurityGroupEgress")
class SecurityGroupEgress(SecurityGroupRule):
    way = "egress"


@resource("AWS::EC2::VPCEndpoint")
class VpcEndpoint(Simple):
    def create(p, name):
        policy = {"PolicyDocument": json.dumps(p["PolicyDocument"])} if "PolicyDocument" in p else {}
        names = {"DnsOptions": VpcEndpoint.names(p["DnsOptions"])} if "DnsOptions" in p else {}
        return aws.ec2.create_vpc_endpoint(**{**p, **policy, **names})["VpcEndpoint"]["VpcEndpointId"]

    def names(options):
        inbound = options["PrivateDnsOnlyForInboundResolverEndpoint"]
        return {"PrivateDnsOnlyForInboundResolverEndpoint": inbound == "OnlyInboundResolver"}

    def delete(ref, p):
        aws.ec2.delete_vpc_endpoints(VpcEndpointIds=[ref])


@resource("AWS::EC2::FlowLog")
class FlowLog(Simple):
    """The emulator takes a folder in a bucket for a part of the bucket's name: it is left out, and cannot be read back."""

    def create(p, name):
        what = {"ResourceIds": [p["ResourceId"]], **without(p, "ResourceId", "Tags")}
        if p.get("LogDestinationType") == "s3":
            what["LogDestination"] = p["LogDestination"].split("/")[0]
        made = aws.ec2.create_flow_logs(**what)
        if made["Unsuccessful"]:
            raise ValueError(made["Unsuccessful"][0]["Error"]["Message"])
        return made["FlowLogIds"][0]

    def delete(ref, p):
        aws.ec2.delete_flow_logs(FlowLogIds=[ref])
