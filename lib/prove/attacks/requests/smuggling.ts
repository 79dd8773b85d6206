import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { goodLine, goodPath, markers } from '../good-call';
import { sendBytes } from '../ingress-bytes';
import { proxysDoor, STRAIGHT } from '../ingress-door';
import { invocationsOf } from '../invocations';
import { uniqueKey } from '../planted';
import { whoRefused } from '../refusal';
import { tryEach } from '../variants';

/** Bytes that one reader takes for one request and another for two, or for a request to another host. */
export const SMUGGLING_ATTACKS: readonly Attack[] = [
  {
    id: 'smuggled-request',
    claim: 'no-request-smuggling',
    ...STRAIGHT,
    attempt:
      'hide a call that must be refused behind a good one by lengths, chunks, folds, control bytes and hosts that readers disagree on',
    expected: 'the server has no record of the hidden call',
    run: (deployment) =>
      tryEach(Object.entries(TRICKS).map(([name, trick]) => ({ name, run: () => smuggle(deployment, trick) }))),
    control: {
      ...STRAIGHT,
      attempt: 'send a second call that is as good as the first one behind it',
      run: (deployment) => smuggle(deployment, (request) => request.good() + request.admitted()),
    },
  },
];

/** What a trick is made of. */
interface Pieces {
  readonly host: string;
  /** `Authorization`, where callers show a token, and `Content-Type`, as a good call has them. */
  readonly fields: string;
  readonly path: string;
  /** A whole good call. */
  readonly good: () => string;
  /** A whole call to the key whose invocation is looked for, which the proxy refuses when it sees it. */
  readonly hidden: () => string;
  /** The same call as a good caller makes it. */
  readonly admitted: () => string;
}

type Trick = (pieces: Pieces) => string;

const TRICKS: Readonly<Record<string, Trick>> = {
  pipelined: ({ good, hidden }) => good() + hidden(),
  'length and chunks': (p) => `${head(p)}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${p.hidden()}`,
  'chunks and length': (p) => {
    const hidden = p.hidden();
    return `${head(p)}Transfer-Encoding: chunked\r\nContent-Length: ${hidden.length + 5}\r\n\r\n0\r\n\r\n${hidden}`;
  },
  'two lengths': (p) => `${head(p)}Content-Length: 1\r\nContent-Length: ${1 + p.hidden().length}\r\n\r\n1${p.hidden()}`,
  'a list of lengths': (p) => `${head(p)}Content-Length: 1, ${1 + p.hidden().length}\r\n\r\n1${p.hidden()}`,
  'signed length': (p) => `${head(p)}Content-Length: +1\r\n\r\n1${p.hidden()}`,
  'two encodings': (p) =>
    `${head(p)}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${p.hidden()}`,
  'unknown encoding': (p) => `${head(p)}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${p.hidden()}`,
  'encoding after a tab': (p) =>
    `${head(p)}Transfer-Encoding:\tchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${p.hidden()}`,
  'encoding after a vertical tab': (p) => `${head(p)}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n${p.hidden()}`,
  'folded encoding': (p) =>
    `${head(p)}X-Fold: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n1${p.hidden()}`,
  'space before the colon': (p) => `${head(p)}Content-Length : 1\r\n\r\n1${p.hidden()}`,
  'NUL in a value': (p) => `${head(p)}X-Nul: a\0b\r\nContent-Length: 1\r\n\r\n1${p.hidden()}`,
  'line feeds alone': (p) =>
    `${head(p).replaceAll('\r\n', '\n')}Content-Length: 1\n\n1${p.hidden().replaceAll('\r\n', '\n')}`,
  'line feed in a value': (p) => `${head(p)}X-Break: a\n\n${p.hidden()}`,
  'oversized chunk size': (p) =>
    `${head(p)}Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n0\r\n\r\n${p.hidden()}`,
  'chunk extension': (p) => `${head(p)}Transfer-Encoding: chunked\r\n\r\n1;a\nb\r\n1\r\n0\r\n\r\n${p.hidden()}`,
  'body of a GET': (p) => `GET ${p.path} HTTP/1.1\r\nHost: ${p.host}\r\n${p.fields}\r\n${p.hidden()}`,
  'two hosts': (p) => p.admitted().replace('\r\nHost:', '\r\nHost: attacker.example\r\nHost:'),
  'two hosts, good one first': (p) => p.admitted().replace('\r\nContent-', '\r\nHost: attacker.example\r\nContent-'),
  'no host': (p) => p.admitted().replace(/Host: [^\r]*\r\n/, ''),
  'another host': (p) => p.admitted().replace(`Host: ${p.host}`, 'Host: attacker.example'),
};

function head({ path, host, fields }: Pieces): string {
  return `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${fields}`;
}

/** Sends a trick's bytes and asks the server whether the hidden call was ever made. */
async function smuggle(deployment: Deployment, trick: Trick): Promise<Observation> {
  const key = uniqueKey();
  const door = proxysDoor(deployment);
  const report = await sendBytes(deployment, door, {
    chunks: [{ afterMs: 0, data: trick(piecesFor(deployment, key)) }],
    timeoutMs: 5_000,
  });
  if ((await invocationsOf(deployment.records, [key])).has(key)) {
    return { succeeded: true, observed: 'the server has made the second call' };
  }
  const refused = await whoRefused(deployment, door, { marker: key, report });
  return { ...refused, observed: `${answers(report)}, no second call on record` };
}

function piecesFor(deployment: Deployment, key: string): Pieces {
  const host = deployment.door.hostname;
  const authorization = goodLine(deployment);
  const fields = `${authorization}${CONTENT}`;
  const [own, path] = [uniqueKey(), goodPath(deployment, key)];
  const call = (to: string, members: string): string =>
    `POST ${to} HTTP/1.1\r\nHost: ${host}\r\n${members}Content-Length: 1\r\n\r\n1`;
  // The last that is said, so that the connection ends when all is answered.
  const last = `${markerLines(deployment, key)}Connection: close\r\n`;
  return {
    host,
    fields,
    path: goodPath(deployment, own),
    good: () => call(goodPath(deployment, own), fields + markerLines(deployment, own)),
    // Whoever is known by its connection is a good caller in every request: what is hidden is then a route that nobody may take.
    hidden: () => call(authorization === '' ? `/restate/send${path}` : path, CONTENT + last),
    admitted: () => call(path, fields + last),
  };
}

const CONTENT = 'Content-Type: application/json\r\n';

function markerLines(deployment: Deployment, key: string): string {
  return markers(deployment, key)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

function answers(report: { readonly outcome: string; readonly received?: string }): string {
  const statuses = [...(report.received ?? '').matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status);
  return statuses.length === 0 ? 'no answer' : `answered ${statuses.join(' and ')}`;
}
