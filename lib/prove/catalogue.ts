import type { Attack } from './attack';

/** Every attack there is. Ids are distinct and part of the public contract. */
export const CATALOGUE: readonly Attack[] = [];
