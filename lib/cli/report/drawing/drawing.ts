/** What a stack is made of and who reaches what in it, before anything has a place or a size. */
export interface Drawing {
  /** From left to right, each from top to bottom. */
  readonly lanes: {
    readonly callers: readonly Box[];
    readonly balancers: readonly Box[];
    readonly hosts: readonly Box[];
    readonly outside: readonly Box[];
  };
  /** Below all of them: where data lies. */
  readonly stores: readonly Box[];
  readonly links: readonly Link[];
}

/** What a box stands for; colours follow it. */
export type BoxKind =
  | 'caller'
  | 'internet'
  | 'balancer'
  | 'listener'
  | 'host'
  | 'container'
  | 'door'
  | 'operators'
  | 'closed'
  | 'machine'
  | 'outside'
  | 'service'
  | 'store'
  | 'key'
  | 'secret';

/** Something with a name, what is worth knowing about it, and what is in it. */
export interface Box {
  /** Unlike every other in the drawing. */
  readonly key: string;
  readonly kind: BoxKind;
  readonly title: string;
  readonly lines: readonly string[];
  readonly parts: readonly Box[];
}

/** Somebody who reaches something; both by key. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** Whether nothing but a question after health goes there. */
  readonly probe?: true;
}
