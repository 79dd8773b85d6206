import { isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';
import type { ServerProject } from './restate-server-props';

const OPTIONS: Readonly<Record<keyof ServerProject, true>> = { id: true, number: true };
const ID = /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const NUMBER = /^[1-9]\d{5,19}$/;

/**
 * Refuses a project that is named wrongly: neither validation nor plan would say so.
 *
 * @throws UnsafeConfigurationError `OptionMissing`, `OptionInvalid`, `OptionUnknown`, `ProjectInvalid`
 */
export function assertProject(project: ServerProject): void {
  const example = "{ id: 'my-project', number: '123456789012' }";
  refuseUnknownOptions('project', project, Object.keys(OPTIONS), example);
  if (!isNamed(project.id, ID)) throw invalid(`project.id ${quote(project.id)}`, "its id, e.g. 'my-project'");
  if (isNamed(project.number, NUMBER)) return;
  throw invalid(
    `project.number ${quote(project.number)}`,
    "the number that `gcloud projects describe my-project --format 'value(projectNumber)'` prints, as text",
  );
}

function isNamed(name: unknown, form: RegExp): boolean {
  return typeof name === 'string' && (isToken(name) || form.test(name));
}

function invalid(given: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'ProjectInvalid',
    given,
    because: 'rights would be granted to agents of a project that is not this one, or that there is none of',
    write: `give ${write}`,
  });
}
