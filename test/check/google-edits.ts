import type { Edit } from './edits';
import type { EditedFile } from './examples';

type Properties = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

/** The resources of a type, by name. */
export function ofType(file: EditedFile, type: string): Record<string, Properties> {
  const all = file['resource'] as Record<string, Record<string, Properties>>;
  all[`google_${type}`] ??= {};
  return all[`google_${type}`]!;
}

/** The one resource of a type whose name has a word in it. */
export const one =
  (type: string, word = '') =>
  (file: EditedFile): Properties => {
    const found = Object.entries(ofType(file, type)).find(([name]) => name.includes(word));
    if (found === undefined) throw new Error(`the example has no google_${type} ${word}`);
    return found[1];
  };

/** Takes it away. */
export const drop =
  (type: string, word = ''): Edit =>
  (file) => {
    const all = ofType(file, type);
    const found = Object.keys(all).find((name) => name.includes(word));
    if (found === undefined) throw new Error(`the example has no google_${type} ${word}`);
    delete all[found];
  };

/** Adds another. */
export const put =
  (type: string, body: Properties, name = 'another'): Edit =>
  (file) => {
    ofType(file, type)[name] = body;
  };

/** Changes it by hand. */
export const change =
  (type: string, word: string, by: (body: Properties) => void): Edit =>
  (file) =>
    by(one(type, word)(file));

/** An account that has no business with the deployment. */
export const STRANGER = 'serviceAccount:stranger@elsewhere.iam.gserviceaccount.com';

/** `${google_service_account.NAME.email}` of the account whose name has a word in it. */
export function accountOf(file: EditedFile, word: string): string {
  const name = Object.keys(ofType(file, 'service_account')).find((each) => each.includes(word)) ?? '';
  return `\${google_service_account.${name}.email}`;
}

/** A role for somebody on the project. */
export const onProject = (role: string, member = STRANGER): Edit =>
  put('project_iam_member', { project: 'example-project', role, member });

/** A role for somebody on one of the file's accounts. */
export const onAccount =
  (word: string, role: string, member = STRANGER): Edit =>
  (file) =>
    put('service_account_iam_member', {
      service_account_id: `projects/-/serviceAccounts/${accountOf(file, word)}`,
      role,
      member,
    })(file);

/** A role for one of the file's accounts on the project. */
export const toAccount =
  (word: string, role: string): Edit =>
  (file) =>
    onProject(role, `serviceAccount:${accountOf(file, word)}`)(file);

/** Calls resources otherwise, wherever they are named. */
export const rename =
  (from: RegExp, to: string): Edit =>
  (file) => {
    const before = JSON.stringify(file);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing in the example is ${String(from)}`);
    Object.assign(file, JSON.parse(after));
  };
