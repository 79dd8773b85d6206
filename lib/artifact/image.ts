import type { Image } from './artifact';
import type { Text } from './text';

/** Splits `repository:tag@digest` where its literal end shows tag and digest; a repository may be a reference. */
export function readImage(text: Text): Image {
  const end = text.at(-1);
  const found = typeof end === 'string' ? /(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(end) : null;
  const [, tag, digest] = found ?? [];
  return { text, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}
