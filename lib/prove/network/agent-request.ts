import type { Probe } from '../probe';

/** What an agent can be told to do in its namespace. */
export type AgentRequest =
  | { readonly do: 'probe'; readonly probe: Probe }
  | { readonly do: 'listen'; readonly address: string; readonly port: number; readonly answer: string }
  | { readonly do: 'received'; readonly canary: number }
  | { readonly do: 'close'; readonly canary: number };
