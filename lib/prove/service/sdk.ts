import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** The part of a handler's context that the service under test uses. */
export interface HandlerContext {
  sleep(milliseconds: number): Promise<void>;
  get(name: string): Promise<number | null>;
  set(name: string, value: number): void;
  workflowClient(workflow: { readonly name: string }, key: string): { run(input: unknown): Promise<unknown> };
}

type Handler = (context: HandlerContext, input: unknown) => Promise<unknown>;

interface Definition {
  readonly name: string;
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly options?: { readonly ingressPrivate?: boolean };
}

/** An endpoint of the SDK, which is what services are bound to. */
export interface Endpoint {
  bind(service: { readonly name: string }): Endpoint;
  withIdentityV1(...keys: readonly string[]): Endpoint;
  http2Handler(): (request: Http2ServerRequest, response: Http2ServerResponse) => void;
}

/** The part of Restate's TypeScript SDK that the service under test uses. */
export interface Sdk {
  endpoint(): Endpoint;
  service(definition: Definition): { readonly name: string };
  object(definition: Definition): { readonly name: string };
  workflow(definition: Definition): { readonly name: string };
}

/** The SDK of a `node_modules` folder that is not ours: a proof brings it along, pinned, for the Node that it needs. */
export function loadSdk(modules: string): Sdk {
  return createRequire(join(modules, 'loader.js'))('@restatedev/restate-sdk') as Sdk;
}
