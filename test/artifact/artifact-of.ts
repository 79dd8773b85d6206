import type { Artifact } from '../../lib/artifact/artifact';
import { readTemplate } from '../../lib/artifact/cloudformation/read-template';
import { type Json, parseTemplateText } from '../../lib/artifact/template-text';

/** The artifact of a template given as an object; its file is never written. */
export function artifactOf(resources: object, sections: object = {}): Artifact {
  const file = 'test.template.json';
  const content = parseTemplateText(JSON.stringify({ Resources: resources, ...sections }), file);
  return readTemplate({ name: 'test', file, content: content as ReadonlyMap<string, Json> });
}
