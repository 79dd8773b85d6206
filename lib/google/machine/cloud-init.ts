import type { ServerPlan } from '../server-plan';
import { CERTIFICATE, certificateUnit } from './certificate';
import { cloudConfig, type MachineFile } from './cloud-config';
import { dataDisk, type DataDiskProps, GROWTH_TIMER_NAME } from './data-disk';
import { ENVOY, envoyUnit } from './envoy';
import { GUARD_SCRIPT, GUARD_UNIT } from './guard';
import { pulledImages } from './images';
import { networkUnit } from './network';
import { RESTATE, RESTATE_UNIT_NAME, restateUnit } from './restate';
import { REVOCATION_TIMER_NAME, revocationList } from './revocation';
import { revocationObject } from './revocation-object';
import { type SecretFile, secretFiles } from './secret-files';
import type { Unit } from './systemd-unit';

/** Input of {@link renderCloudInit}. */
export interface CloudInitProps extends DataDiskProps {
  readonly plan: ServerPlan;
  /** Each as `repository:tag@digest`. */
  readonly images: {
    readonly restate: string;
    readonly envoy: string;
    /** Makes Envoy's certificate, where a balancer ends the callers' TLS. */
    readonly certificate?: string;
  };
  readonly secretFiles: readonly SecretFile[];
}

/**
 * Renders what the machine does at every boot, as a cloud-config for the metadata `user-data`, escaped for Terraform.
 *
 * Restate starts last, and only after the data disk, the secrets, the images, Envoy and the guard of the metadata server: an error anywhere
 * leaves a machine on which it does not run.
 */
export function renderCloudInit(props: CloudInitProps): string {
  const { plan, images } = props;
  const certificate = plan.front === 'https-balancer' ? images.certificate : undefined;
  const object = revocationObject(plan.model.ingress.auth);
  const revocation = object && revocationList(object);
  const disk = dataDisk(props);
  const secrets = secretFiles(props.secretFiles);
  const pulled = pulledImages([images.restate, images.envoy, ...(certificate === undefined ? [] : [certificate])]);
  const scripts = [
    disk.script,
    secrets.script,
    pulled.script,
    GUARD_SCRIPT,
    ...(revocation ? [revocation.script] : []),
  ];
  const units: readonly Unit[] = [
    ...disk.units,
    secrets.unit,
    pulled.unit,
    networkUnit([RESTATE, ENVOY, CERTIFICATE]),
    ...(certificate === undefined ? [] : [certificateUnit(certificate)]),
    ...(revocation?.units ?? []),
    envoyUnit({ plan, image: images.envoy, revocation: revocation !== undefined }),
    GUARD_UNIT,
    restateUnit({ plan, image: images.restate }),
  ];
  const started = [RESTATE_UNIT_NAME, GROWTH_TIMER_NAME, ...(revocation ? [REVOCATION_TIMER_NAME] : [])];
  return cloudConfig(
    [...scripts, ...units.map(unitFile)],
    ['systemctl daemon-reload', `systemctl start --no-block ${started.join(' ')}`],
  );
}

function unitFile({ name, text }: Unit): MachineFile {
  return { path: `/etc/systemd/system/${name}`, content: text };
}
