/**
 * Actions that take no resource, so that `*` is all there is to write.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const NAMELESS: readonly RegExp[] = [
  /^ecr:getauthorizationtoken$/,
  /^ecr-public:getauthorizationtoken$/,
  /^ecs:(?:discoverpollendpoint|listclusters|createcluster|listservices|listtaskdefinitions|describetaskdefinition)$/,
  /^ec2:describe[a-z0-9]+$/,
  /^ec2messages:(?:acknowledgemessage|deletemessage|failmessage|getendpoint|getmessages|sendreply)$/,
  /^ssmmessages:(?:create|open)(?:control|data)channel$/,
  /^cloudwatch:(?:putmetricdata|getmetricdata|getmetricstatistics|listmetrics)$/,
  /^xray:(?:puttracesegments|puttelemetryrecords|getsamplingrules|getsamplingtargets|getsamplingstatisticsummaries)$/,
  /^sts:(?:getcalleridentity|getservicebearertoken)$/,
  /^kms:(?:listkeys|listaliases|generaterandom)$/,
  /^s3:listallmybuckets$/,
  /^secretsmanager:(?:listsecrets|getrandompassword)$/,
  /^elasticloadbalancing:describe[a-z]+$/,
  /^autoscaling:describe[a-z]+$/,
  /^tag:getresources$/,
];

/** A resource of which a part can only be a wildcard, because its name is made later, or by somebody else. */
export interface PartlyNamed {
  readonly resource: RegExp;
  readonly actions: RegExp;
  /** The condition that must say what the name cannot: its key, and whether requests without it may pass. */
  readonly needs?: { readonly key: string; readonly ifThere?: boolean };
}

const NAME = '[^*?/:]+';

/** A statement keeps to one of these, or names its resources. */
export const PARTLY_NAMED: readonly PartlyNamed[] = [
  // the name of a snapshot is not known before it is taken
  { resource: arn('ec2', `snapshot/${later('snap-', 17)}`), actions: /^ec2:createsnapshots?$/ },
  {
    resource: arn('ec2', `snapshot/${later('snap-', 17)}`),
    actions: /^ec2:createtags$/,
    needs: { key: 'aws:ResourceTag/', ifThere: true },
  },
  {
    resource: arn('ec2', `snapshot/${later('snap-', 17)}`),
    actions: /^ec2:deletesnapshot$/,
    needs: { key: 'aws:ResourceTag/' },
  },
  // machines come and go
  {
    resource: arn('ec2', `instance/${later('i-', 17)}`),
    actions: /^ec2:(?:at|de)tachvolume$/,
    needs: { key: 'ec2:ResourceTag/' },
  },
  {
    resource: arn('ec2', `instance/${later('i-', 17)}`),
    actions: /^ec2:(?:at|de)tachvolume$/,
    needs: { key: 'aws:ResourceTag/' },
  },
  { resource: arn('ec2', `instance/${later('i-', 17)}`), actions: /^ssm:updateinstanceinformation$/ },
  { resource: arn('ecs', `container-instance/${NAME}/${later('', 32)}`), actions: /^ecs:/ },
  { resource: arn('ecs', `task/${NAME}/${later('', 32)}`), actions: /^ecs:/ },
  { resource: arn('logs', 'log-group:[^*?:]+:\\*'), actions: /^logs:/ },
  { resource: arn('logs', 'log-group:[^*?:]+:log-stream:[^:]*'), actions: /^logs:/ },
  { resource: arn('lambda', `function:${NAME}:\\*`), actions: /^lambda:invokefunction$/ },
  { resource: arn('s3', `${NAME}/[^?]*`), actions: /^s3:\w*object\w*$/ },
  { resource: arn('dynamodb', `table/${NAME}/index/\\*`), actions: /^dynamodb:/ },
  // six characters that the service puts behind the name
  { resource: arn('secretsmanager', 'secret:[^*?:]+-\\?{6}'), actions: /^secretsmanager:/ },
];

/** Actions that may only be allowed under a condition, whatever they name. */
export const CONDITIONAL: readonly { readonly action: string; readonly key: string }[] = [
  { action: 'iam:passrole', key: 'iam:PassedToService' },
  { action: 'kms:creategrant', key: 'kms:GrantIsForAWSResource' },
];

/** An id that the service makes later: any, or any of its form. */
function later(prefix: string, length: number): string {
  return `(?:\\*|${prefix}\\?{${length}})`;
}

/** An ARN as it is spelt when each reference is one sign. */
function arn(service: string, resource: string): RegExp {
  return new RegExp(`^arn:[^*?:]+:${service}:[^*?:]*:[^*?:]*:${resource}$`);
}
