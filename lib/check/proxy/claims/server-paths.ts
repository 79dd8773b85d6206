import { both, except, type Language, matching } from '../language/language';

/** A path that a request can have, with its query. */
export const ANY_PATH: Language = matching('/[!-~]*');

/** Endpoints of the server itself, in any case: results of other calls, awakeables, health, which lists every service. */
export const SERVER_PATHS: Language = matching('(?i)/restate(?:[/?#][!-~]*)?');

/** Calls and sends: `/Service/handler`, `/Object/key/handler`, with whatever query. */
const CALLS: Language = matching(
  "/[A-Za-z_][A-Za-z0-9_.-]*(?:/(?:[A-Za-z0-9_.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)?/[A-Za-z_][A-Za-z0-9_.-]*(?:/send)?(?:\\?[!-~]*)?",
);

/** What is neither a call nor an endpoint of the server. */
export const NO_CALLS: Language = both(ANY_PATH, except(CALLS), except(SERVER_PATHS));

/** Services of a name that nobody has: a rule that takes it names none. */
export const ANY_SERVICE: Language = matching('/Zqxkvwyj/[!-~]*');
