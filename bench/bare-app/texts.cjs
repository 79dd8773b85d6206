// Takes the long texts out of a template of the public example, for the app that is written without them.

/** What the bare app reads from the file named by BARE_TEXTS. */
exports.textsOf = (template) => {
  const only = (type, name = '') => {
    const found = Object.entries(template.Resources).filter(
      ([id, resource]) => resource.Type === type && id.includes(name),
    );
    if (found.length !== 1) throw new Error(`${found.length} resources of ${type} ${name}`);
    return found[0][1];
  };
  const definition = only('AWS::ECS::TaskDefinition');
  const containers = Object.fromEntries(
    definition.Properties.ContainerDefinitions.map((container) => [container.Name, container]),
  );
  const launchTemplate = only('AWS::EC2::LaunchTemplate');
  const task = only('AWS::EC2::SecurityGroup', 'SecurityGroupsTask');
  return {
    certificateArn: only('AWS::ElasticLoadBalancingV2::Listener').Properties.Certificates[0].CertificateArn,
    publicAddresses: task.Properties.SecurityGroupEgress.flatMap(({ CidrIp }) => CidrIp ?? []),
    intent: definition.Metadata['portcullis:intent'],
    accepted: {
      task: accepted(task),
      machine: accepted(launchTemplate),
      targets: accepted(only('AWS::ElasticLoadBalancingV2::TargetGroup')),
      alarms: accepted(only('AWS::CloudWatch::Alarm', 'AlarmsHealth')),
    },
    userData: launchTemplate.Properties.LaunchTemplateData.UserData['Fn::Base64']['Fn::Join'][1].map(value),
    images: {
      restate: imageTail(containers.restate),
      envoy: imageTail(containers.envoy),
      certificate: imageTail(containers.certificate),
    },
    commands: {
      certificate: containers.certificate.Command,
      restate: containers.restate.Command,
      envoy: containers.envoy.Command,
    },
    environment: Object.fromEntries(
      containers.restate.Environment.filter(({ Name }) => Name.startsWith('RESTATE_') || Name === 'DO_NOT_TRACK').map(
        ({ Name, Value }) => [Name, Value],
      ),
    ),
    healthCheck: containers.restate.HealthCheck.Command,
    filterPatterns: byConstruct(template, 'AWS::Logs::MetricFilter', 'Metrics', 'FilterPattern'),
    alarmDescriptions: byConstruct(template, 'AWS::CloudWatch::Alarm', 'Alarms', 'AlarmDescription'),
  };
};

const accepted = (resource) => resource.Metadata['portcullis:accepted'];

/** A property of each resource of a type, by the name of its construct in that scope. */
function byConstruct(template, type, scope, property) {
  const found = Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
  const nameOf = (id) => new RegExp(`${scope}(\\w+)[0-9A-F]{8}$`).exec(id)[1];
  return Object.fromEntries(found.map(([id, { Properties }]) => [nameOf(id), Properties[property]]));
}

const imageTail = ({ Image }) => /:[^:/]+@sha256:[0-9a-f]+$/.exec(Image['Fn::Join'][1].at(-1))[0];

function value(part) {
  if (typeof part === 'string') return part;
  const names = { 'AWS::Region': 'region', 'AWS::URLSuffix': 'urlSuffix' };
  return { value: names[part.Ref] ?? ['Cluster', 'Logs'].find((name) => part.Ref.includes(name)) ?? 'Volume' };
}
