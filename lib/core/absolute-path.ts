/** No blanks, quotes or dots alone: what matches means the same to a shell, to a server and to a reader. */
const PLAIN_ABSOLUTE_PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/** Whether a path is absolute and can stand in a shell script as it is. A token cannot. */
export function isPlainAbsolutePath(path: string): boolean {
  return PLAIN_ABSOLUTE_PATH.test(path);
}
