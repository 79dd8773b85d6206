import { tellsChangesOn } from './expect-told';

/** All of them take half an hour: PORTCULLIS_MUTANTS=all. */
const EVERY_ONE = { security: Infinity, harmless: Infinity, refused: Infinity };
const SOME = { security: 320, harmless: 60, refused: 80 };
const amounts = process.env['PORTCULLIS_MUTANTS'] === 'all' ? EVERY_ONE : SOME;

describe('single changes on AWS', () => tellsChangesOn('aws', amounts));

describe('single changes on Google Cloud', () => tellsChangesOn('google', amounts));
