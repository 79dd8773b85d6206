import type { CatalogueClaim } from './catalogue-claim';
import { BENCHMARK, MEASURED_SERVER, OPERATORS } from './sources';

/** The processes themselves, and staying up. */
export const OPERATION_CLAIMS: readonly CatalogueClaim[] = [
  {
    id: 'unprivileged',
    statement: 'containers run as non-root, with a read-only root, no capabilities and no way to gain any',
    source: BENCHMARK,
    fix: {
      aws: 'set user, readonlyRootFilesystem, drop ALL capabilities and no-new-privileges on each container',
      google: 'run each container with --user, --read-only, --cap-drop ALL and --security-opt no-new-privileges',
    },
    decided:
      'reads the user, root file system, capabilities, memory, volumes and shares of every container, and every setting beside',
    attacked: 'looks at users, capabilities and root file systems of the booted containers from inside',
  },
  {
    id: 'images-by-digest',
    statement: 'every image is pinned by digest, and nothing runs code of a foreign bucket',
    source: BENCHMARK,
    fix: 'write each image as repository:tag@sha256:..., and fetch no program at start',
    decided: "looks for the digest of every container's image and for machine images that are looked up anew",
  },
  {
    id: 'instance-metadata-v2',
    statement:
      'machines give their metadata by session alone, at one hop, and not to tasks; those of Google are shielded, have no serial port, and OS Login',
    source: BENCHMARK,
    fix: {
      aws: 'set HttpTokens to required and HttpPutResponseHopLimit to 1 in the launch template, and ECS_AWSVPC_BLOCK_IMDS=true in /etc/ecs/ecs.config',
      google:
        'set shielded_instance_config with secure boot, virtual TPM and integrity monitoring, and the metadata enable-oslogin TRUE, block-project-ssh-keys TRUE and serial-port-enable FALSE',
    },
    decided:
      'reads the metadata options of the machine, what its recognised start tells the container agent, and who is let in beside',
  },
  {
    id: 'no-public-address',
    statement: 'nodes, services and tasks have no public address',
    source: BENCHMARK,
    fix: {
      aws: 'set AssignPublicIp to DISABLED and AssociatePublicIpAddress to false, in subnets that map no public address',
      google: 'leave access_config and ipv6_access_config out of the interface of each machine',
    },
    decided:
      'reads what tasks, machines and balancers are given: their own setting, that of their subnets, and addresses that are taken for them',
  },
  {
    id: 'iam-no-wildcards',
    statement:
      'no action or resource is a wildcard where the service takes a name, and roles are passed and assumed under conditions',
    source: BENCHMARK,
    fix: {
      aws: 'name each action and each resource in the statement, and give iam:PassRole and sts:AssumeRole a condition',
      google:
        'give a predefined or custom role of what is needed on the one resource, never roles/owner, roles/editor or a role on the project',
    },
    decided:
      'looks at each statement of each role that the deployment acts as, of who may become it, and of the endpoints that it calls through',
  },
  {
    id: 'version-supported',
    statement: 'the version of the server is one without an advisory that this product refuses',
    source: MEASURED_SERVER,
    fix: 'run a version of the server that is supported, by tag and digest',
    decided: "compares the tag of the server's image with the releases that are refused",
  },
  {
    id: 'node-replaced-with-its-disk',
    statement: 'a lost node comes back with its data',
    source: OPERATORS,
    fix: {
      aws: "keep the server's data on a volume that outlives the task, under a fixed node name",
      google:
        "keep the server's data on a google_compute_disk of its own, which the machine that follows is given, under a fixed node name",
    },
    attacked: 'kills the node, and boots another from its disk',
    decided:
      'looks for a disk of its own, a group that keeps one machine in its zone, and the rights and the script by which the machine takes it',
  },
  {
    id: 'no-acknowledged-loss',
    statement: 'kill -9 of a node under load loses and doubles nothing acknowledged',
    source: MEASURED_SERVER,
    fix: {
      aws: 'call with an idempotency key, and keep the data on a volume that outlives the task',
      google: 'call with an idempotency key, and keep the data on a google_compute_disk that outlives the machine',
    },
    attacked: 'kills the node under load, and compares what was acknowledged with what is there',
  },
  {
    id: 'deploy-drains',
    statement: 'in-flight calls survive a deployment of the task within its stop time',
    source: OPERATORS,
    fix: {
      aws: "set the server's stopTimeout",
      google: "stop the server's container by docker stop --time, and give its unit a longer TimeoutStopSec",
    },
    decided:
      "compares the time to stop with the server's own, and reads how many run while one is replaced, and what waits for what",
    attacked: 'stops the task with a call in flight',
  },
  {
    id: 'snapshot-restores',
    statement: 'a snapshot or backup restores to a working server',
    source: OPERATORS,
    fix: 'keep all that the server writes on the disk that snapshots are taken of, and its node name fixed',
    attacked: 'copies the disk of the running server as a snapshot does, and boots a server from it',
    decided: 'looks for a schedule that takes each disk often enough, keeps several, and has the rights to',
  },
  {
    id: 'alarms-present',
    statement:
      'health, disk, errors, denied requests, expiry of certificates and keys, and the age of snapshots raise an alarm to a named target',
    source: BENCHMARK,
    fix: {
      aws: 'give each an AWS::CloudWatch::Alarm with an action that names a target',
      google: 'give each a google_monitoring_alert_policy with a notification channel',
    },
    decided:
      'looks for an alarm for all that the deployment has that can fail or expire, and tries its filter on lines as the proxy writes them',
  },
  {
    id: 'audit-trail-present',
    statement: 'flow logs, logs of balancers and of the admin door are kept, encrypted, for a stated time',
    source: BENCHMARK,
    fix: {
      aws: 'turn flow logs and access logs of the balancer on, into a log group or bucket with a key of your own and a retention',
      google:
        'set log_config on each subnet, firewall rule and backend, and route logs to a bucket with a key of your own and a retention',
    },
    decided:
      'looks where connections, balancers, containers and doors of the proxy are written down, and how long that is kept',
  },
  {
    id: 'balancers-protected',
    statement: 'balancers cannot be deleted by mistake, serve every zone, and pass on no malformed header',
    source: BENCHMARK,
    fix: 'set deletion_protection.enabled, load_balancing.cross_zone.enabled and, for HTTP, routing.http.drop_invalid_header_fields.enabled to true',
    decided: 'looks at the attributes of each balancer that leads to the server',
  },
];
