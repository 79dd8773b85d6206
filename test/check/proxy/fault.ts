import type { Example } from '../examples';
import type { EditedBootstrap } from './edited-proxy';

/** One fault of a configuration, and the claim that names it. */
export type ProxyFault = readonly [
  what: string,
  example: Example,
  edit: (bootstrap: EditedBootstrap) => unknown,
  claim: string,
  verdict?: 'broken' | 'unproven',
];
