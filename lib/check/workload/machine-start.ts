/** What the start of a machine does. */
export type MachineScript =
  | {
      readonly kind: 'known';
      /** What the container agent of EC2 is told, by name. */
      readonly agent: ReadonlyMap<string, string>;
      /** Where it mounts the data disk. Absent: it mounts none. */
      readonly disk?: string;
    }
  | { readonly kind: 'unknown'; readonly reason: string };
