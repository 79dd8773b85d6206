import type { EditedFile } from './examples';

type Properties = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

/** A resource of a type whose body has some text in it: everything of it, not its properties alone. */
export const whole =
  (type: string, having = ''): ((file: EditedFile) => Properties) =>
  (file) => {
    const all = Object.entries(file['Resources'] as Record<string, Properties>);
    const found = all.find(([id, body]) => body['Type'] === type && `${id} ${JSON.stringify(body)}`.includes(having));
    if (found === undefined) throw new Error(`the example has no ${type} with ${having}`);
    return found[1];
  };

/** Its properties. */
export const part =
  (type: string, having = ''): ((file: EditedFile) => Properties) =>
  (file) =>
    whole(type, having)(file)['Properties'] as Properties;

/** The statement of a policy that has some text in it. */
export const statement =
  (
    of: (file: EditedFile) => Properties,
    having: string,
    document = 'PolicyDocument',
  ): ((file: EditedFile) => Properties) =>
  (file) => {
    const all = (of(file)[document] as Properties)['Statement'] as Properties[];
    const found = all.find((each) => JSON.stringify(each).includes(having));
    if (found === undefined) throw new Error(`no statement has ${having}`);
    return found;
  };

/** Takes a resource away. */
export const without =
  (type: string, having = ''): ((file: EditedFile) => void) =>
  (file) => {
    const gone = whole(type, having)(file);
    const resources = file['Resources'] as Record<string, unknown>;
    for (const [id, body] of Object.entries(resources)) if (body === gone) delete resources[id];
  };

/** Takes a statement out of a policy. */
export const unsaid =
  (of: (file: EditedFile) => Properties, having: string, document = 'PolicyDocument'): ((file: EditedFile) => void) =>
  (file) => {
    const gone = statement(of, having, document)(file);
    const policy = of(file)[document] as Properties;
    policy['Statement'] = (policy['Statement'] as Properties[]).filter((each) => each !== gone);
  };

/** Adds resources. */
export const beside =
  (resources: object): ((file: EditedFile) => void) =>
  (file) => {
    Object.assign(file['Resources'] as object, resources);
  };

/** Sets an attribute in a list of keys and values. */
export const attribute =
  (of: (file: EditedFile) => Properties, list: string, key: string, value?: string): ((file: EditedFile) => void) =>
  (file) => {
    const others = (of(file)[list] as Properties[]).filter((each) => each['Key'] !== key);
    of(file)[list] = value === undefined ? others : [...others, { Key: key, Value: value }];
  };

/** Puts a value in the place of another, whole. */
export const put =
  (of: (file: EditedFile) => Properties, name: string, value: unknown): ((file: EditedFile) => void) =>
  (file) => {
    of(file)[name] = value;
  };
