import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The access token of the machine's account. */
export const ACCESS_TOKEN = 'ya29.c.c0ASRK0Ga-very_secret';

/** Stands in for the metadata server, and for an API of Google that asks for its token. */
export interface FakeGoogle {
  /** Address of all of it. */
  readonly url: string;
  /** Path of each request to the API that was let through. */
  readonly paths: string[];
  /** What the API answers: a status alone is an error. */
  answer: string | number;
  close(): Promise<void>;
}

const TOKEN_PATH = '/computeMetadata/v1/instance/service-accounts/default/token';

/** @param answer what the API answers */
export async function fakeGoogle(answer: string | number): Promise<FakeGoogle> {
  const paths: string[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    const { status, body } = url === TOKEN_PATH ? token(headers) : api(url, headers);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  });
  const api = (path: string, { authorization }: IncomingHttpHeaders): { status: number; body: string } => {
    if (authorization !== `Bearer ${ACCESS_TOKEN}`) return { status: 401, body: '{"error":{"code":401}}' };
    paths.push(path);
    const said = google.answer;
    return typeof said === 'number'
      ? { status: said, body: `{"error":{"code":${said}}}` }
      : { status: 200, body: said };
  };
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const google: FakeGoogle = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    answer,
    close: () =>
      new Promise((settle) => {
        server.close(() => settle());
        server.closeAllConnections();
      }),
  };
  return google;
}

function token(headers: IncomingHttpHeaders): { status: number; body: string } {
  if (headers['metadata-flavor'] !== 'Google') return { status: 403, body: 'Missing Metadata-Flavor:Google header.' };
  return { status: 200, body: `{"access_token":"${ACCESS_TOKEN}","expires_in":3599,"token_type":"Bearer"}` };
}
