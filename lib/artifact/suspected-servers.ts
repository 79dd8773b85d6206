import type { Host } from './artifact';
import { restateContainer, runsElsewise } from './role';
import { isList, isMap, TextValue, type Value } from './value';

/** What only speaks of a server, by the names of its images and its binary or by variables that only it takes. */
const SERVER =
  /\brestate-server\b|\brestatedev\/restate(?![\w-])|\/restate(?:-server)?[:@]|\bRESTATE_(?:ADMIN__|INGRESS__|WORKER__|NODE_NAME|BASE_DIR|CLUSTER_NAME|BIND_)/;
/** Deeper than any resource is. */
const MAX_DEPTH = 100;

/** Why something may run a server, as reports have it. */
export const SUSPICION = 'speaks of the server, and how it runs there is not understood';

/** Whether a text speaks of a server. */
export function speaksOfServer(text: string): boolean {
  return SERVER.test(text);
}

/** Whether any text of a value speaks of a server. */
export function valueSpeaksOfServer(value: Value, depth: number = 0): boolean {
  if (depth > MAX_DEPTH) return true;
  if (isMap(value)) {
    return [...value].some(([key, item]) => speaksOfServer(key) || valueSpeaksOfServer(item, depth + 1));
  }
  if (isList(value)) return value.some((item) => valueSpeaksOfServer(item, depth + 1));
  if (value instanceof TextValue)
    return speaksOfServer(value.parts.map((part) => (typeof part === 'string' ? part : '$')).join(''));
  return typeof value === 'string' && speaksOfServer(value);
}

/** Ids of the hosts whose containers have the server's image and start something else in it that may be the server. */
export function suspectedHosts(hosts: readonly Host[]): readonly string[] {
  return hosts
    .filter((host) => restateContainer(host) === undefined && host.containers.some(runsElsewise))
    .map(({ id }) => id);
}
