// Verifies the bearer token of each request against an inline key set, for nginx's auth_request: `node authorizer.cjs PORT JWKS ISSUER AUDIENCE`.
const { createServer } = require('node:http');
const { createLocalJWKSet, jwtVerify } = require('jose');

const [port, jwks, issuer, audience] = process.argv.slice(2);
const keys = createLocalJWKSet(JSON.parse(jwks));

createServer(async (request, response) => {
  const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  try {
    await jwtVerify(token ?? '', keys, { issuer, audience });
    response.writeHead(204).end();
  } catch {
    response.writeHead(401).end();
  }
}).listen(Number(port), '127.0.0.1');
