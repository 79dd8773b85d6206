import type { AcceptedRisk, ParameterDefault } from '../artifact';
import { readIntent, type StatedIntent } from '../intent';
import { Property } from '../property';
import { Reports } from '../reports';
import { referredId, type Resource } from '../resource';
import { sameText } from '../same-text';
import { refer, fromText, TextValue, toLiteral, toText, type Value } from '../value';
import { type Reference, type Text, UNKNOWN } from '../text';
import type { Document, RawResource } from './document';

/** A resource of which nothing is reported: whoever reads it says in what he makes of it that something of it is not known. */
export interface QuietResource extends Resource {
  /** Whether Terraform refuses to destroy it. Absent: the file does not say. */
  readonly preventsDestroy?: boolean;
  /** Why it is not certainly this one resource, and what was not understood of it so far. */
  readonly doubts: readonly string[];
}

/** The resources of one file, and what could not be read of those that were asked for. */
export class Resources extends Reports {
  private readonly values = new Map<string, Value>();

  public constructor(private readonly document: Document) {
    super();
    for (const { subject, reason, concerns } of document.unreadable) {
      this.report(subject, reason, concerns);
    }
  }

  public get intents(): readonly StatedIntent[] {
    return [...this.document.resources.values()].flatMap(({ address, intent }) =>
      intent === undefined ? [] : [readIntent(address, intent)],
    );
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

  /** Resources of these types, without a report about them. */
  public quietly(...types: readonly string[]): readonly QuietResource[] {
    return this.quietlyWhere((type) => types.includes(type));
  }

  /** Those whose type one pattern fits, without a report about them. */
  public quietlyLike(pattern: RegExp): readonly QuietResource[] {
    return this.quietlyWhere((type) => pattern.test(type));
  }

  private quietlyWhere(isMeant: (type: string) => boolean): readonly QuietResource[] {
    return [...this.document.resources.values()]
      .filter(({ type }) => isMeant(type))
      .map((raw) => {
        const doubts = raw.doubts.map(({ reason }) => reason);
        return {
          ...this.opened(raw, (reason) => doubts.push(reason)),
          ...(raw.preventsDestroy !== undefined && { preventsDestroy: raw.preventsDestroy }),
          doubts,
        };
      });
  }

  /** The resources whose type one pattern fits. */
  public like(pattern: RegExp): readonly Resource[] {
    return [...this.document.resources.values()].filter(({ type }) => pattern.test(type)).map((raw) => this.open(raw));
  }

  /**
   * The resource of one of these types that a property means: by a reference, or, as plans say it, by its name or a path that ends in its
   * name, where no other of these types has that name, and the path begins with no other project.
   */
  public referredBy(property: Property, ...types: readonly string[]): Resource | undefined {
    const raw = this.document.resources.get(referredId(property.value) ?? '');
    if (raw !== undefined) {
      return types.includes(raw.type) ? this.open(raw) : undefined;
    }
    return this.namedBy(property, this.ofType(...types));
  }

  /** The same without a report. */
  public quietlyReferredBy(property: Property, ...types: readonly string[]): QuietResource | undefined {
    const all = this.quietly(...types);
    const referred = referredId(property.value);
    const known = all.find(({ id }) => id === referred);
    return known ?? (referred === undefined ? this.namedBy(property, all) : undefined);
  }

  /** The one of some resources that a name or a path means. */
  private namedBy<Some extends Resource>(property: Property, all: readonly Some[]): Some | undefined {
    const path = toLiteral(property.value) ?? '';
    const name = path.split('/').at(-1);
    const named = name === '' ? [] : all.filter((each) => nameOf(each) === name);
    const [only, ...others] = named.filter(
      ({ properties }) => sameText([path], this.pathOf(name ?? '', properties) ?? []) !== false,
    );
    return others.length > 0 ? undefined : only;
  }

  /**
   * The network that a resource means by one of its arguments, spelt the same however it is said: a reference by `id` to one of these files
   * that is it for certain, else its path, with the project of the resource where the path begins with none. `undefined`: not known.
   */
  public network(property: Property, of: Property): Text | undefined {
    const path = toLiteral(property.value);
    return path === undefined || path === '' ? this.named(property, NETWORK) : this.networkAt(path, of);
  }

  /** The same by its name or path. */
  public networkAt(path: string, of: Property): Text | undefined {
    const meant = this.pathOf(path, of);
    const [only, ...others] = this.ofType(NETWORK).filter(
      (each) => meant !== undefined && sameText(meant, this.pathOf(nameOf(each) ?? '', each.properties) ?? []) === true,
    );
    return only === undefined || others.length > 0 ? meant : [{ logicalId: only.id, attribute: 'id' }];
  }

  /** A secret that a resource means, spelt the same however it is said: as a reference by `id` to one of these files, else by its path. */
  public secret(property: Property, of: Property): Text | undefined {
    const known = this.quietlyReferredBy(property, ...SECRETS);
    if (known !== undefined) return [{ logicalId: known.id, attribute: 'id' }];
    const name = toLiteral(property.value);
    return name === undefined || name.includes('/') ? toText(property.value) : this.pathOf(`secrets/${name}`, of);
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

  /**
   * A text in which every e-mail address of an account of these files is a reference to it. An address that may be one's, where the files
   * do not say in which project that is, stands as something unknown: neither it nor another.
   */
  public withAccounts(text: Text): Text {
    return joined(
      text.flatMap((part): Text => {
        if (typeof part !== 'string') {
          const raw = this.document.resources.get(part.logicalId);
          const isName = raw?.type === ACCOUNT && ['id', 'name', 'unique_id'].includes(part.attribute ?? '');
          return [isName ? { logicalId: part.logicalId, attribute: 'email' } : part];
        }
        const [, before = '', email = ''] = /^(.*[:/])?([^@:/\s]+@[^@:/\s]+)$/.exec(part) ?? [];
        const account = email === '' ? undefined : this.accountOf(email);
        return account === undefined ? [part] : [before, account];
      }),
    );
  }

  /** The account of these files with an address; `unknown` where that is not decided. */
  private accountOf(email: string): Reference | undefined {
    const accounts = this.ofType(ACCOUNT).map(({ id, properties }) => ({
      id,
      is: this.hasAddress(properties, email),
    }));
    const sure = accounts.filter(({ is }) => is === true);
    if (sure.length === 1) return { logicalId: sure[0]!.id, attribute: 'email' };
    return accounts.some(({ is }) => is !== false) ? { logicalId: email, attribute: UNKNOWN } : undefined;
  }

  /** By what the plan knows of an account, else by its id in a project that the file names; `undefined` where one of them is not known. */
  private hasAddress(account: Property, email: string): boolean | undefined {
    const known = toLiteral(account.get('email').value);
    if (known !== undefined) return known === email;
    const [, id, domain] = /^(.+)@(.+)\.iam\.gserviceaccount\.com$/.exec(email) ?? [];
    const said = [
      [toLiteral(account.get('account_id').value), id],
      [this.projectOf(account)?.split(':').toReversed().join('.'), domain],
    ];
    if (said.some(([own, given]) => given === undefined || (own !== undefined && own !== given))) return false;
    return said.every(([own]) => own !== undefined) ? true : undefined;
  }

  /**
   * A path that begins with a project as it stands, and one that does not in the project of a resource; bare where that is the provider's
   * and the file does not say which, `undefined` where the resource's own is not known.
   */
  private pathOf(path: string, of: Property): Text | undefined {
    if (/(?:^|\/)projects\//.test(path)) return [path];
    const project = of.get('project');
    if (!project.present) {
      const known = this.document.project();
      if (known !== undefined) return [`projects/${known}/${path}`];
      return this.document.hasOneProject ? [path] : undefined;
    }
    const text = toText(project.value);
    return text && joined(['projects/', ...text, `/${path}`]);
  }

  /** The project that a resource is in, where the file says it. */
  private projectOf(properties: Property): string | undefined {
    const project = properties.get('project');
    return project.present ? toLiteral(project.value) : this.document.project();
  }

  private open(raw: RawResource): Resource {
    const { address } = raw;
    for (const { reason, concerns } of raw.doubts) {
      this.report(address, reason, concerns);
    }
    return this.opened(raw, (reason) => this.report(address, reason));
  }

  private opened(raw: RawResource, report: (reason: string) => void): Resource {
    const { address: id, type } = raw;
    if (!this.values.has(id)) {
      this.values.set(id, raw.read());
    }
    return {
      id,
      type,
      ...(raw.constructPath !== undefined && { constructPath: raw.constructPath }),
      properties: new Property('', this.values.get(id), report),
    };
  }
}

const ACCOUNT = 'google_service_account';
const NETWORK = 'google_compute_network';
const SECRETS = ['google_secret_manager_secret', 'google_secret_manager_regional_secret'];

/** Literal pieces that stand beside each other as one, so that equal texts look equal. */
function joined(parts: Text): Text {
  const spelt = fromText(parts);
  return spelt instanceof TextValue ? spelt.parts : [spelt];
}

/** The last part of what a resource is called by its URL. */
function nameOf({ properties }: Resource): string | undefined {
  const name = ['name', 'secret_id', 'repository_id', 'account_id', 'role_id']
    .map((attribute) => toLiteral(properties.get(attribute).value))
    .find((value) => value !== undefined);
  return name?.split('/').at(-1);
}
