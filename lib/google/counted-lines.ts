/** A metric that is made of the log. */
export type CountedLines = 'Errors' | 'Denied' | 'RateLimited' | 'AdminDenied';

/**
 * Lines that are counted, by the name of their metric, as filters of Cloud Logging. The log driver of the machine hands a line on as one text,
 * so that its members are found by expression: quotes that a stranger puts into a path are escaped there, and never end a name.
 *
 * @see https://cloud.google.com/logging/docs/view/logging-query-language
 */
export const COUNTED: Readonly<Record<CountedLines, string>> = {
  Errors: 'jsonPayload.message=~"\\"log\\":\\"ingress\\"" AND jsonPayload.message=~"\\"status\\":5[0-9][0-9][,}]"',
  Denied:
    '(jsonPayload.message=~"\\"log\\":\\"handshake\\"" OR ' +
    '(jsonPayload.message=~"\\"log\\":\\"ingress\\"" AND jsonPayload.message=~"\\"status\\":40[13][,}]"))',
  RateLimited: 'jsonPayload.message=~"\\"log\\":\\"(ingress|admin)\\"" AND jsonPayload.message=~"\\"status\\":429[,}]"',
  AdminDenied: 'jsonPayload.message=~"\\"log\\":\\"admin\\"" AND jsonPayload.message=~"\\"status\\":40[13][,}]"',
};
