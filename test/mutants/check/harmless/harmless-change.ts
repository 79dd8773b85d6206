import type { EditedFile, Example } from '../../../check/examples';

/** Another way to write the same deployment, or something beside it that has nothing to do with it. */
export interface HarmlessChange {
  /** Kebab-case, distinct. */
  readonly id: string;
  /** Where it changes something. @default - each in turn */
  readonly example?: Example;
  readonly edit: (file: EditedFile) => void;
}
