import type { JsonObject } from './typed-config';

/** What the proxy itself answers has the shape of the server's errors, and tells nothing but the status: why stands in the access log. */
export const LOCAL_REPLIES: JsonObject = {
  body_format: { json_format: { code: '%RESPONSE_CODE%', source: 'proxy' } },
};
