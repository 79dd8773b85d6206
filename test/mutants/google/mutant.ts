import type { Mutant } from '../mutant';
import type { Configuration } from './configuration';
import type { GoogleExample } from './secure-configuration';

/** A mutant of an example of Google Cloud. */
export type GoogleMutant = Mutant<Configuration, GoogleExample>;
