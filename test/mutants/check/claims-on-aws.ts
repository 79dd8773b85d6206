/** Told when a door is reached by more than it should be. */
export const REACHED = [
  'rules-exact',
  'ingress-no-bypass',
  'admin-closed',
  'bind-narrow',
  'registration-by-deployers-only',
];
/** Told when more is let out. */
export const LET_OUT = ['egress-closed', 'internal-endpoints-unreachable', 'services-egress-bounded', 'rules-exact'];
/** Told when somebody may do more. */
export const RIGHTS = ['iam-no-wildcards', 'secret-readers-exact', 'lambda-role-narrow'];
/** Told when a store or its key is less guarded. */
export const KEYS = ['disks-encrypted-own-key', 'secret-readers-exact'];
/** Told when nobody is woken. */
export const ALARM = ['alarms-present'];
/** Told when a machine loses its disk. */
export const NODE = ['node-replaced-with-its-disk'];
/** Told when nothing is written down. */
export const TRAIL = ['audit-trail-present'];
