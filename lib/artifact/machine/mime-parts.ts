/** A part of user data of several parts. */
export interface MimePart {
  /** `text/x-shellscript` */
  readonly type: string;
  readonly text: string;
}

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;
const MULTIPART = /^multipart\/[\w.-]+\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/is;

/** Whether user data is of several parts: it begins with headers, as a mail does. */
export function isMultipart(userData: string): boolean {
  return /^(?:MIME-Version|Content-Type)\s*:/i.test(userData.trimStart());
}

/**
 * The parts of user data in their order.
 *
 * @returns `undefined` when they cannot be told apart
 */
export function mimeParts(userData: string): readonly MimePart[] | undefined {
  const { headers, body } = apart(userData.trimStart().replaceAll('\r\n', '\n'));
  const [, quoted, bare] = MULTIPART.exec(headers.get('content-type') ?? '') ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return undefined;
  const [, ...pieces] = `\n${body}`.split(`\n--${boundary}`);
  const end = pieces.findIndex((piece) => piece.startsWith('--'));
  return pieces.slice(0, end === -1 ? pieces.length : end).map((piece) => {
    const part = apart(piece.replace(/^[^\n]*\n/, ''));
    const type = (part.headers.get('content-type') ?? 'text/plain').split(';')[0] ?? '';
    const isEncoded = part.headers.get('content-transfer-encoding')?.toLowerCase() === 'base64';
    // What the template encodes itself was read as the text that it is.
    const text = isEncoded && BASE64.test(part.body) ? Buffer.from(part.body, 'base64').toString('utf8') : part.body;
    return { type: type.trim().toLowerCase(), text };
  });
}

/** Headers end with the first empty line. */
function apart(text: string): { readonly headers: ReadonlyMap<string, string>; readonly body: string } {
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n');
  const head = end === -1 ? text : text.slice(0, end);
  const lines = head.replaceAll(/\n[ \t]+/g, ' ').split('\n');
  const headers = lines.flatMap((line) => {
    const [, name = '', value = ''] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? [];
    return name === '' ? [] : [[name.toLowerCase(), value.trim()] as const];
  });
  return { headers: new Map(headers), body: end === -1 ? '' : text.slice(end === 0 ? 1 : end + 2) };
}
