// The service behind the server, which does nothing: `node service.cjs PORT SDK_MODULES`.
const { createRequire } = require('node:module');
const http2 = require('node:http2');

const [port, modules] = process.argv.slice(2);
const sdk = createRequire(`${modules}/`)('@restatedev/restate-sdk');
const nothing = sdk.service({ name: 'Nothing', handlers: { run: async () => null } });
http2.createServer(sdk.endpoint().bind(nothing).http2Handler()).listen(Number(port), '127.0.0.1');
