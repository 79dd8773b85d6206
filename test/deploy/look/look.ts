import type { DeployedStack } from '../deployed-stack';

/** Reads one thing about what a stack has made, by the API. The keys of a table of them say what is read, as claims. */
export type Looks = Readonly<Record<string, (stack: DeployedStack) => Promise<unknown>>>;
