import type { AttackResult } from './report';

/** What a proof tells while it goes on. */
export type ProgressEvent =
  /** A deployment is next. */
  | { readonly kind: 'deployment'; readonly subject: string; readonly index: number; readonly total: number }
  /** Something is being prepared: a download, a boot, a registration. */
  | { readonly kind: 'step'; readonly text: string }
  /** An attack is over. */
  | {
      readonly kind: 'attack';
      readonly id: string;
      readonly verdict: AttackResult['verdict'];
      readonly done: number;
      readonly total: number;
    };

/** Receives progress. */
export type OnProgress = (event: ProgressEvent) => void;
