import type { CheckedClaim } from '../checked-claim';
import { serverClaim } from './server-claim';
import { broken } from './wrong';

/** Decides of the admin door whether the cloud opens shells behind it: whoever has one is as near to it as the proxy. */
export const SHELL_CLOSED: CheckedClaim = serverClaim('admin-closed', ({ host }) =>
  host.shellBy === undefined
    ? { verdict: 'holds', evidence: 'nothing of the cloud opens a shell in its containers' }
    : broken(`${host.shellBy} lets whoever may ask for it open a shell in its containers (EnableExecuteCommand)`),
);
