import type { Image } from './artifact';
import type { Text } from './text';

/** A function of the cloud, and where the code that it runs comes from. */
export interface FunctionCode {
  /** Logical id. */
  readonly id: string;
  readonly code:
    | { readonly kind: 'image'; readonly image: Image }
    /** `own`: a bucket of the file, or one whose name holds the account that deploys. */
    | {
        readonly kind: 'bucket';
        readonly bucket: Text;
        readonly own: boolean;
        /** Whether it names a version of the object, which nobody can exchange. */
        readonly isVersioned: boolean;
      }
    | { readonly kind: 'inline' }
    | { readonly kind: 'unknown' };
}
