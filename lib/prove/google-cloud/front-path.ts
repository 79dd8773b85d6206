/** What may stand unescaped in a path. */
const PLAIN = /^[\w\-.~!$&'()*+,;=:@/]$/;

/**
 * A path as a container of Cloud Run gets it: escapes are decoded once, but for what no path can hold. So what the front end and the
 * container take for the same path may differ from what a caller's own proxy took it for.
 */
export function decodePath(path: string): string {
  const end = path.search(/[?#]/);
  const [own, rest] = end < 0 ? [path, ''] : [path.slice(0, end), path.slice(end)];
  const decoded = own.replaceAll(/%([0-7][0-9a-f])/gi, (escaped, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return PLAIN.test(character) ? character : escaped;
  });
  return `${decoded}${rest}`;
}
