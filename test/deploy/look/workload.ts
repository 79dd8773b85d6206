import type { DeployedStack } from '../deployed-stack';
import { SECRET_VALUE } from '../given-world';
import type { Looks } from './look';

// oxlint-disable-next-line typescript/no-explicit-any
type Any = any;

/** What runs. */
export const WORKLOAD_LOOKS: Looks = {
  'images, users and rights of the containers': async (stack) =>
    stack.named(
      ((await taskOf(stack)).containerDefinitions as Any[]).map((each) =>
        [
          each.name,
          String(each.image).split('/').slice(1).join('/'),
          `user ${each.user}`,
          each.readonlyRootFilesystem === true ? 'readonly' : 'writable',
          each.privileged === true ? 'privileged' : 'unprivileged',
          `drops ${each.linuxParameters?.capabilities?.drop} adds ${each.linuxParameters?.capabilities?.add ?? 'none'}`,
          each.dockerSecurityOptions,
          `ports ${(each.portMappings as Any[]).map(({ containerPort }) => containerPort).join(' ')}`,
          `log ${each.logConfiguration?.options?.['awslogs-group']}`,
        ].join(', '),
      ),
    ),

  'what may be mounted where': async (stack) =>
    ((await taskOf(stack)).containerDefinitions as Any[]).flatMap(({ name, mountPoints }) =>
      (mountPoints as Any[]).map((each) => `${name} ${each.containerPath} ${each.readOnly === true ? 'ro' : 'rw'}`),
    ),

  'Restate listens on loopback or on a socket alone': async (stack) => {
    const containers = (await taskOf(stack)).containerDefinitions as Any[];
    const { environment } = containers.find(({ name }) => name === 'restate');
    return (environment as Any[])
      .filter(({ name }) => /BIND_ADDRESS|LISTEN_MODE$/.test(name))
      .map(({ name, value }) => `${name}=${value}`);
  },

  'secrets are given by reference alone': async (stack) =>
    ((await taskOf(stack)).containerDefinitions as Any[]).flatMap(({ name, secrets }) =>
      ((secrets ?? []) as Any[]).map((each) => `${name} ${each.name} ${each.valueFrom}`),
    ),

  'no value of a secret is in what was made': async (stack) => {
    const [task, template] = await Promise.all([taskOf(stack), templateOf(stack)]);
    const script = Buffer.from(template.UserData, 'base64').toString();
    const made = { 'the task': JSON.stringify(task), 'the machine': JSON.stringify(template) + script };
    return Object.entries(made).flatMap(([where, text]) => (text.includes(SECRET_VALUE) ? [where] : []));
  },

  'roles, network and volumes of the task': async (stack) => {
    const { taskRoleArn, executionRoleArn, networkMode, volumes, pidMode, ipcMode } = await taskOf(stack);
    return stack.named({ taskRoleArn, executionRoleArn, networkMode, volumes: paths(volumes), pidMode, ipcMode });
  },

  'the service runs this task once, behind these balancers': async (stack) => {
    const [[, cluster]] = stack.of('AWS::ECS::Cluster') as [[string, string]];
    const services = stack.of('AWS::ECS::Service').map(([, id]) => id);
    const { taskDefinition, desiredCount, loadBalancers } = (
      await stack.call('ecs', 'describe_services', { cluster, services })
    ).services[0];
    const doors = (loadBalancers as Any[]).map(
      (each) => `${each.targetGroupArn} ${each.containerName} ${each.containerPort}`,
    );
    return stack.named({ taskDefinition, desiredCount, doors });
  },

  'the machine asks for tokens, encrypts its disk, has no key and no public address': async (stack) => {
    const { IamInstanceProfile, BlockDeviceMappings, NetworkInterfaces, ImageId, MetadataOptions, KeyName } =
      await templateOf(stack);
    return stack.named({
      image: ImageId,
      is: IamInstanceProfile.Arn,
      disks: BlockDeviceMappings,
      interfaces: NetworkInterfaces,
      metadata: MetadataOptions,
      key: KeyName ?? 'none',
    });
  },

  'the machine is told the disk, the cluster and the log group of this stack': async (stack) => {
    const script = Buffer.from((await templateOf(stack)).UserData, 'base64').toString();
    return [...new Set(stack.named(script).match(/\{[A-Z][A-Za-z]+\}/g))].toSorted();
  },

  'one machine, of the newest template': async (stack) => {
    const names = stack.of('AWS::AutoScaling::AutoScalingGroup').map(([, id]) => id);
    const { AutoScalingGroups } = await stack.call('autoscaling', 'describe_auto_scaling_groups', {
      AutoScalingGroupNames: names,
    });
    const { MinSize, MaxSize, DesiredCapacity, LaunchTemplate, VPCZoneIdentifier } = AutoScalingGroups[0];
    const { LaunchTemplateId, Version } = LaunchTemplate;
    const newest = String((await versionOf(stack)).VersionNumber) === Version;
    return stack.named({ MinSize, MaxSize, DesiredCapacity, LaunchTemplateId, newest, VPCZoneIdentifier });
  },

  'the cluster reports on its containers': async (stack) => {
    const clusters = stack.of('AWS::ECS::Cluster').map(([, id]) => id);
    return (await stack.call('ecs', 'describe_clusters', { clusters, include: ['SETTINGS'] })).clusters[0].settings;
  },
};

async function taskOf(stack: DeployedStack): Promise<Any> {
  const [[, taskDefinition]] = stack.of('AWS::ECS::TaskDefinition') as [[string, string]];
  return (await stack.call('ecs', 'describe_task_definition', { taskDefinition })).taskDefinition;
}

async function versionOf(stack: DeployedStack): Promise<Any> {
  const [[, id]] = stack.of('AWS::EC2::LaunchTemplate') as [[string, string]];
  const versions = { LaunchTemplateId: id, Versions: ['$Latest'] };
  return (await stack.call('ec2', 'describe_launch_template_versions', versions)).LaunchTemplateVersions[0];
}

async function templateOf(stack: DeployedStack): Promise<Any> {
  return (await versionOf(stack)).LaunchTemplateData;
}

function paths(volumes: readonly Any[]): string[] {
  return volumes.map(({ name, host }) => `${name} ${host.sourcePath}`);
}
