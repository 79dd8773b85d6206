import type { Chosen } from './all-pairs';

/** What a `RestateServer` may be asked for, in the values that tell its parts apart. `+` joins the methods of `IngressAuth.anyOf`. */
export const OPTIONS = {
  auth: ['jwt', 'jwt-fetched', 'api-keys', 'mutual-tls', 'jwt+api-keys', 'jwt+mutual-tls', 'jwt+api-keys+mutual-tls'],
  callers: ['everybody', 'by-scope', 'by-certificate'],
  exposure: ['internet', 'group', 'block', 'block-and-prefix-list', 'internet-and-block'],
  certificate: ['balancer', 'proxy'],
  admin: ['nobody', 'api-keys', 'jwt', 'jwt-fetched', 'mutual-tls'],
  adminCertificate: ['absent', 'given'],
  network: ['isolated', 'with-a-way-out'],
  endpoints: ['own', 'existing'],
  forwardQuery: ['delay', 'none'],
  forwardHeaders: ['default', 'named'],
  corsOrigins: ['none', 'one'],
  limits: ['default', 'tight'],
  server: ['default', 'changed'],
} as const;

/** One deployment that may be asked for. */
export type Combination = Chosen<typeof OPTIONS>;

/** In one line, as a failing test shows it. */
export function describeCombination(combination: Readonly<Record<string, string>>): string {
  return Object.entries(combination)
    .map(([option, value]) => `${option} ${value}`)
    .join(', ');
}

/** The methods that a door admits. */
export function methods(auth: string): readonly string[] {
  return auth.split('+');
}
