import { tellsChangesOn } from './expect-told';

/** A few of each; hundreds run with `npm run test:mutants`, and all with PORTCULLIS_MUTANTS=all before it. */
const FEW = { security: 15, harmless: 5, refused: 5 };

describe('single changes on AWS', () => tellsChangesOn('aws', FEW));

describe('single changes on Google Cloud', () => tellsChangesOn('google', FEW));
