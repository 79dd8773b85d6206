import type { CheckedClaim } from '../checked-claim';
import { BALANCER_CLAIMS } from './balancers';
import { OPERATION_WORDS } from './operations';
import { PROXY_WORDS } from './proxy';
import { RIGHT_CLAIMS } from './rights';
import { SETTING_CLAIMS } from './settings';
import { STRANGER_CLAIMS } from './strangers';
import { TASK_CLAIMS } from './task';

/** What harms nobody today, and would as soon as one thing beside it changed: beside the deciders of the same claims. */
export const LATENT_CLAIMS: readonly CheckedClaim[] = [
  ...BALANCER_CLAIMS,
  ...OPERATION_WORDS,
  ...PROXY_WORDS,
  ...RIGHT_CLAIMS,
  ...SETTING_CLAIMS,
  ...STRANGER_CLAIMS,
  ...TASK_CLAIMS,
];
