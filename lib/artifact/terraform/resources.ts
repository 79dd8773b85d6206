import type { AcceptedRisk, ParameterDefault } from '../artifact';
import { Property } from '../property';
import { Reports } from '../reports';
import { referredId, type Resource } from '../resource';
import { refer, fromText, TextValue, toLiteral, toText, type Value } from '../value';
import type { Text } from '../text';
import type { Document, RawResource } from './document';

/** The resources of one file, and what could not be read of those that were asked for. */
export class Resources extends Reports {
  private readonly values = new Map<string, Value>();

  public constructor(private readonly document: Document) {
    super();
    for (const { subject, reason, concerns } of document.unreadable) {
      this.report(subject, reason, concerns);
    }
  }

  public get accepted(): readonly AcceptedRisk[] {
    return [...this.document.resources.values()].flatMap(({ address, accepted }) =>
      accepted.map(({ claim, reason }) => ({ claim, subject: address, reason })),
    );
  }

  /** The variables whose defaults something was read with so far. */
  public get defaults(): readonly ParameterDefault[] {
    return this.document.defaults();
  }

  /** Resources of these types; a data source's type starts with `data.` */
  public ofType(...types: readonly string[]): readonly Resource[] {
    return [...this.document.resources.values()]
      .filter(({ type }) => types.includes(type))
      .map((raw) => this.open(raw));
  }

  /** The resources whose type one pattern fits. */
  public like(pattern: RegExp): readonly Resource[] {
    return [...this.document.resources.values()].filter(({ type }) => pattern.test(type)).map((raw) => this.open(raw));
  }

  /**
   * The resource of one of these types that a property means: by a reference, or, as plans say it, by its name or a path that ends in its
   * name, where no other of these types has that name.
   */
  public referredBy(property: Property, ...types: readonly string[]): Resource | undefined {
    const raw = this.document.resources.get(referredId(property.value) ?? '');
    if (raw !== undefined) {
      return types.includes(raw.type) ? this.open(raw) : undefined;
    }
    const name = toLiteral(property.value)?.split('/').at(-1);
    const named =
      name === undefined || name === '' ? [] : this.ofType(...types).filter((each) => nameOf(each) === name);
    return named.length === 1 ? named[0] : undefined;
  }

  /** What a property names, spelt the same however it is said: a reference by `id` to a resource of these files, else its text. */
  public named(property: Property, ...types: readonly string[]): Text | undefined {
    const resource = this.referredBy(property, ...types);
    return resource === undefined ? property.text() : toText(refer(resource.id, 'id'));
  }

  /** The e-mail address of a service account, spelt the same however it is said. */
  public account(property: Property): Text | undefined {
    const text = property.text();
    return text === undefined ? undefined : this.withAccounts(text);
  }

  /** A text in which every e-mail address of an account of these files is a reference to it. */
  public withAccounts(text: Text): Text {
    const spelt = fromText(
      text.flatMap((part): Text => {
        if (typeof part !== 'string') {
          const raw = this.document.resources.get(part.logicalId);
          const isName = raw?.type === ACCOUNT && ['id', 'name', 'unique_id'].includes(part.attribute ?? '');
          return [isName ? { logicalId: part.logicalId, attribute: 'email' } : part];
        }
        const [, before = '', email = ''] = /^(.*:)?([^@:\s]+@[^@:\s]+)$/.exec(part) ?? [];
        const account = email === '' ? undefined : this.accountOf(email);
        return account === undefined ? [part] : [before, { logicalId: account, attribute: 'email' }];
      }),
    );
    return spelt instanceof TextValue ? spelt.parts : [spelt];
  }

  /** The account of these files with an address: by what the plan knows of it, else by its id in a project that the file names. */
  private accountOf(email: string): string | undefined {
    const named = this.ofType(ACCOUNT).filter(({ properties }) => {
      const known = toLiteral(properties.get('email').value);
      const id = toLiteral(properties.get('account_id').value);
      const project = properties.get('project').present
        ? toLiteral(properties.get('project').value)
        : this.document.project();
      const made = id === undefined || project === undefined ? undefined : `${id}@${project}.iam.gserviceaccount.com`;
      return (known ?? made) === email;
    });
    return named.length === 1 ? named[0]?.id : undefined;
  }

  private open(raw: RawResource): Resource {
    const { address: id, type } = raw;
    for (const { reason, concerns } of raw.doubts) {
      this.report(id, reason, concerns);
    }
    if (!this.values.has(id)) {
      this.values.set(id, raw.read());
    }
    return {
      id,
      type,
      ...(raw.constructPath !== undefined && { constructPath: raw.constructPath }),
      properties: new Property('', this.values.get(id), (reason) => this.report(id, reason)),
    };
  }
}

const ACCOUNT = 'google_service_account';

/** The last part of what a resource is called by its URL. */
function nameOf({ properties }: Resource): string | undefined {
  const name = ['name', 'secret_id', 'repository_id', 'account_id', 'role_id']
    .map((attribute) => toLiteral(properties.get(attribute).value))
    .find((value) => value !== undefined);
  return name?.split('/').at(-1);
}
