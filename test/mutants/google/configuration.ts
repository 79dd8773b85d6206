import { the } from '../template';

/** A configuration of Terraform as plain JSON, free to be edited. */
export interface Configuration {
  resource: Record<string, Record<string, Properties>>;
}

/** Arguments by name; which of them an edit expects is its own business. */
export type Properties = Record<string, unknown>;

/** The resources of a type. @throws when there is none */
export function resources(configuration: Configuration, type: string): [name: string, properties: Properties][] {
  const found = Object.entries(configuration.resource[type] ?? {});
  if (found.length === 0) {
    throw new Error(`there is no ${type}`);
  }
  return found;
}

/** The one resource of a type. @throws when there is none, or more than one */
export function theOne(configuration: Configuration, type: string): Properties {
  return the(resources(configuration, type), type)[1];
}

/** Adds a resource beside those that there are. */
export function add(configuration: Configuration, type: string, properties: Properties): void {
  const ofType = (configuration.resource[type] ??= {});
  ofType[`Mutant${Object.keys(ofType).length}`] = properties;
}

/** The template that the machine is made of. */
export function instanceTemplate(configuration: Configuration): Properties {
  return theOne(configuration, 'google_compute_instance_template');
}

/** Reference to the e-mail address of the machine's account. */
export function machineAccount(configuration: Configuration): unknown {
  return (instanceTemplate(configuration)['service_account'] as { email: unknown }).email;
}

/** Reference to the e-mail address of the account of the service of Cloud Run. */
export function accountOfService(configuration: Configuration): string {
  return (theOne(configuration, 'google_cloud_run_v2_service')['template'] as { service_account: string })
    .service_account;
}
