import type { Artifact } from '../../../lib/artifact/artifact';
import { type Json, parseTemplateText } from '../../../lib/artifact/template-text';
import { readTerraform } from '../../../lib/artifact/terraform/read-terraform';

/** Resources by type and name, and whatever other sections. */
export type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What is read from a configuration in JSON. */
export function configured(resource: Resources, sections: object = {}): Artifact {
  return artifactOf({ resource, ...sections }, 'terraform');
}

/** What is read from a plan. */
export function planned(plan: object): Artifact {
  return artifactOf({ format_version: '1.2', resource_changes: [], ...plan }, 'terraform-plan');
}

function artifactOf(document: object, format: 'terraform' | 'terraform-plan'): Artifact {
  const content = parseTemplateText(JSON.stringify(document), 'test') as ReadonlyMap<string, Json>;
  return readTerraform({ name: 'test', file: 'test', format, content });
}
