import type { Json } from '../template-text';

/**
 * Why a folder is not to be read as a configuration; `undefined` when it is.
 *
 * @param files the names in it
 */
export function reasonAgainstModule(files: readonly string[]): string | undefined {
  const hcl = files.find((name) => name.endsWith('.tf'));
  const values = files.find((name) => /^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/.test(name));
  const override = files.find((name) => /(?:^|_)override\.tf\.json$/.test(name));
  if (hcl !== undefined) {
    return `it holds ${hcl}, which is written in HCL and not read`;
  }
  if (values !== undefined) {
    return `it holds ${values}, whose values overrule the defaults`;
  }
  return override === undefined ? undefined : `it holds ${override}, which overrules other files`;
}

/** Sections of several files as those of one: Terraform takes a list wherever it takes one. */
export function mergeModule(contents: readonly ReadonlyMap<string, Json>[]): ReadonlyMap<string, Json> {
  const sections = new Map<string, Json[]>();
  for (const [name, section] of contents.flatMap((content) => [...content])) {
    const items: readonly Json[] = Array.isArray(section) ? section : [section];
    sections.set(name, [...(sections.get(name) ?? []), ...items]);
  }
  return sections;
}
