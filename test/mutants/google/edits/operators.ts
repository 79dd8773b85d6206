import { OPERATORS_DOOR } from '../../edits/operators';
import { listenerOfOperators } from '../../listener-of-operators';
import { editBootstrap } from '../machine';
import type { GoogleMutant } from '../mutant';

/** One of each kind: the door itself is the same on both clouds. */
const KINDS = [
  'operators-door-asks-nobody',
  'viewers-do-everything',
  'operators-do-what-nobody-knows',
  'viewers-register',
  'operators-not-logged',
  'operators-authorization-logged',
  'operators-rate-not-enforced',
];

/** What operators may do who come by the tunnel. */
export const OPERATOR_MUTANTS: readonly GoogleMutant[] = OPERATORS_DOOR.filter(({ id }) => KINDS.includes(id)).map(
  ({ change, ...mutant }) => ({
    ...mutant,
    edit: (configuration) => editBootstrap(configuration, (bootstrap) => void change(listenerOfOperators(bootstrap))),
  }),
);
