/** What the start of a machine does. */
export type MachineScript =
  | {
      readonly kind: 'known';
      /** What the container agent of EC2 is told, by name. */
      readonly agent: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'unknown'; readonly reason: string };
