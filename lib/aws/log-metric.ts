/** Lines that are counted, by the name of their metric. */
export const COUNTED = {
  Calls: '{ $.log = "ingress" }',
  Denied: '{ ($.log = "handshake") || (($.log = "ingress") && (($.status = 401) || ($.status = 403))) }',
  RateLimited: '{ (($.log = "ingress") || ($.log = "admin")) && ($.status = 429) }',
  Errors: '{ ($.log = "ingress") && ($.status >= 500) }',
  AdminDenied: '{ ($.log = "admin") && (($.status = 401) || ($.status = 403)) }',
} as const;

/** Members of lines that are metrics themselves, and the lines that have them. */
export const READ = {
  DiskUsed: ['disk_used_percent', '{ ($.log = "machine") && ($.disk_used_percent = *) }'],
  RevocationListSecondsLeft: [
    'revocation_list_seconds_left',
    '{ ($.log = "machine") && ($.revocation_list_seconds_left = *) }',
  ],
  CertificateSecondsLeft: ['certificate_seconds_left', '{ ($.log = "expiry") && ($.certificate_seconds_left = *) }'],
  // Envoy writes null where no API key was shown.
  ApiKeyExpiry: ['api_key_exp', '{ (($.log = "ingress") || ($.log = "admin")) && ($.api_key_exp > 0) }'],
} as const;

/** A metric that is made of the log. */
export type LogMetric = keyof typeof COUNTED | keyof typeof READ;

/** Whether lines are counted for it. */
export function isCounted(name: LogMetric): name is keyof typeof COUNTED {
  return Object.hasOwn(COUNTED, name);
}
