/** A value of a message. */
export type Value = string | number | boolean | Message | readonly Value[] | ReadonlyMap<string, Value> | Json;

/** Anything, as it was written. */
export class Json {
  public constructor(public readonly value: unknown) {}
}

/** A message of the configuration, of which each field was read or is doubted. */
export class Message {
  public constructor(
    /** Name of the message, `?` where its type is not understood. */
    public readonly type: string,
    /** Where it stands: `static_resources.listeners[0]`. */
    public readonly path: string,
    private readonly fields: ReadonlyMap<string, Value>,
  ) {}

  public has(field: string): boolean {
    return this.fields.has(field);
  }

  public text(field: string): string | undefined {
    const value = this.fields.get(field);
    return typeof value === 'string' ? value : undefined;
  }

  /** A flag that is not set is false. */
  public flag(field: string): boolean {
    return this.fields.get(field) === true;
  }

  /** A number, or a duration in seconds. */
  public number(field: string): number | undefined {
    const value = this.fields.get(field);
    return typeof value === 'number' ? value : undefined;
  }

  public message(field: string): Message | undefined {
    const value = this.fields.get(field);
    return value instanceof Message ? value : undefined;
  }

  /** A message below messages. */
  public below(...fields: readonly string[]): Message | undefined {
    return fields.reduce<Message | undefined>((inner, field) => inner?.message(field), this);
  }

  public messages(field: string): readonly Message[] {
    const value = this.fields.get(field);
    return Array.isArray(value) ? value.filter((each): each is Message => each instanceof Message) : [];
  }

  public texts(field: string): readonly string[] {
    const value = this.fields.get(field);
    return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
  }

  /** The messages of a map by their keys. */
  public entries(field: string): readonly (readonly [string, Message])[] {
    const value = this.fields.get(field);
    if (!(value instanceof Map)) return [];
    return [...(value as ReadonlyMap<string, Value>)].flatMap(([key, each]) =>
      each instanceof Message ? [[key, each] as const] : [],
    );
  }

  public json(field: string): unknown {
    const value = this.fields.get(field);
    return value instanceof Json ? value.value : undefined;
  }

  /** How many items a list has, or entries a map. */
  public count(field: string): number {
    const value = this.fields.get(field);
    if (Array.isArray(value)) return value.length;
    return value instanceof Map ? value.size : 0;
  }

  /** Keys of a map. */
  public keys(field: string): readonly string[] {
    const value = this.fields.get(field);
    return value instanceof Map ? [...(value as ReadonlyMap<string, Value>).keys()] : [];
  }
}
