import type { Artifact } from '../../../lib/artifact/artifact';
import { readTemplate } from '../../../lib/artifact/cloudformation/read-template';
import { deploymentsOf } from '../../../lib/artifact/role';
import { templateOf } from '../../../lib/artifact/template-file';
import { parseTemplateText } from '../../../lib/artifact/template-text';
import { readTerraform } from '../../../lib/artifact/terraform/read-terraform';
import type { Cloud } from '../cloud';
import { AWS, GOOGLE } from '../clouds';
import { mutate } from '../mutant';

describe('on AWS', () => readsItsMutants(AWS));

describe('on Google Cloud', () => readsItsMutants(GOOGLE));

function readsItsMutants<File, Of extends string>(cloud: Cloud<File, Of>): void {
  // as text, which is told apart ten times as fast as an object
  const secure = new Map<Of, string>();
  const secureText = (example: Of): string => {
    const known = secure.get(example) ?? JSON.stringify(read(cloud, cloud.secure(example)));
    secure.set(example, known);
    return known;
  };

  test.each(cloud.mutants)('$id is still a deployment that can be read, and another one', (mutant) => {
    const example = mutant.example ?? cloud.usual;
    const artifact = read(cloud, mutate(cloud.secure(example), mutant));
    expect(artifact.unreadable).toEqual([]);
    expect(deploymentsOf(artifact)).toHaveLength(1);
    expect(JSON.stringify(artifact) === secureText(example)).toBe(false);
  });
}

function read<File, Of extends string>({ fileName }: Cloud<File, Of>, content: File): Artifact {
  const file = templateOf(fileName, parseTemplateText(JSON.stringify(content), fileName));
  return file.format === 'cloudformation' ? readTemplate(file) : readTerraform(file);
}
