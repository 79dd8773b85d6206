import { extension, type JsonObject } from './typed-config';

/** The end of the filter chain. Envoy's own headers go neither to the server nor to the caller. */
export const ROUTER: JsonObject = extension('envoy.filters.http.router', 'filters.http.router.v3.Router', {
  suppress_envoy_headers: true,
});
