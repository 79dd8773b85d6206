import { literal, type Text } from './text';
import { Base64Value, isList, isMap, TextValue, toText, UnknownValue, type Value } from './value';

/** A place in a resource's properties. Reading it as something that it is not reports where and why, and answers as if nothing stood there. */
export class Property {
  public constructor(
    private readonly path: string,
    public readonly value: Value,
    private readonly report: (reason: string) => void,
  ) {}

  /** Whether something stands here. */
  public get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** Nothing, or why it is not known whether something stands here. */
  private get known(): Value {
    return this.value instanceof UnknownValue ? this.value : undefined;
  }

  public get(name: string): Property {
    const path = this.path === '' ? name : `${this.path}.${name}`;
    if (this.value instanceof UnknownValue) {
      return new Property(path, this.value, this.report);
    }
    if (this.present && !isMap(this.value)) {
      this.unreadable('is no map');
    }
    return new Property(path, isMap(this.value) ? this.value.get(name) : undefined, this.report);
  }

  /** Names of the entries of a map that say something; none when no map stands here. */
  public names(): readonly string[] {
    const entries = isMap(this.value) ? [...this.value] : [];
    return entries.filter(([, item]) => saysSomething(item)).map(([name]) => name);
  }

  /** The items of a list; none when nothing stands here. */
  public items(): readonly Property[] {
    if (this.present && !isList(this.value)) {
      this.unreadable(this.value instanceof TextValue ? 'is a list that only the cloud knows' : 'is no list');
    }
    return isList(this.value)
      ? this.value.map((item, index) => new Property(`${this.path}[${index}]`, item, this.report))
      : [];
  }

  /** The blocks of a name, of which a single one may stand without a list around it. */
  public blocks(name: string): readonly Property[] {
    const blocks = this.get(name);
    return isMap(blocks.value) ? [blocks] : blocks.items();
  }

  /** The block of a name that stands at most once. */
  public block(name: string): Property {
    const [first, second] = this.blocks(name);
    second?.unreadable('is a second block where one is expected');
    return first ?? new Property(`${this.path}.${name}`, this.get(name).known, this.report);
  }

  public text(): Text | undefined {
    const text = toText(this.value);
    if (this.present && text === undefined) {
      this.unreadable('is no text');
    }
    return text;
  }

  /** Text without references. */
  public string(): string | undefined {
    const text = this.text();
    const value = text === undefined ? undefined : literal(text);
    if (text !== undefined && value === undefined) {
      this.unreadable('is known to the cloud alone');
    }
    return value;
  }

  public integer(): number | undefined {
    const text = this.string();
    const value = Number(text);
    if (text !== undefined && (text.trim() === '' || !Number.isInteger(value))) {
      this.unreadable('is no integer');
      return undefined;
    }
    return text === undefined ? undefined : value;
  }

  public boolean(): boolean | undefined {
    const text = this.string();
    if (text !== undefined && text !== 'true' && text !== 'false') {
      this.unreadable('is neither true nor false');
    }
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }

  public strings(): readonly string[] {
    return this.items().flatMap((item) => item.string() ?? []);
  }

  public texts(): readonly Text[] {
    return this.items().flatMap((item) => {
      const text = item.text();
      return text === undefined ? [] : [text];
    });
  }

  /** Base64 as the cloud decodes it: the inside of `Fn::Base64`, or a literal that is encoded already. */
  public decoded(): Text | undefined {
    if (this.value instanceof Base64Value) {
      return new Property(this.path, this.value.inner, this.report).text();
    }
    const encoded = this.string();
    return encoded === undefined ? undefined : [Buffer.from(encoded, 'base64').toString('utf8')];
  }

  public unreadable(why: string): void {
    this.report(`${this.path} ${this.value instanceof UnknownValue ? `is ${this.value.reason}` : why}`);
  }
}

function saysSomething(value: Value): boolean {
  return value !== undefined && value !== null && !(isList(value) && value.length === 0);
}
