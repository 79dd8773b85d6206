// A developer's own service: `own-service.cjs <node_modules with the SDK>`; says the port that it listens on.
const { createServer } = require('node:http2');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const sdk = createRequire(join(process.argv[2], 'loader.js'))('@restatedev/restate-sdk');
const mine = sdk.service({ name: 'Mine', handlers: { greet: async (_context, name) => `hello ${name}` } });
const server = createServer(sdk.endpoint().bind(mine).http2Handler());
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
