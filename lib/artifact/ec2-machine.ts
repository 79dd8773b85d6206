import type { Text } from './text';

/** An EC2 instance: one that runs a task, or containers by itself. */
export interface Machine {
  /** Logical id of the launch template or instance. */
  readonly id: string;
  /** The user data as the shell will read it. */
  readonly userData: Text;
  readonly metadataTokensRequired: boolean;
  readonly metadataHopLimit: number;
  /** Whether its start says anything about who reaches the metadata service; what, is not followed. Absent: it does not. */
  readonly metadataRuled?: true;
  /** Commands of its start that fetch programs by name, without saying which: `npm install -g NAME`. Absent: none is known. */
  readonly installs?: readonly string[];
  /** Whether it can be ended by mistake. Absent: it does not say. */
  readonly endsByMistake?: boolean;
  /** The images that it may start from. Absent: the file does not say which. */
  readonly images?: readonly Text[];
  /** Settings of it that bear on who gets at the machine and that nothing here has a place for, by name. Absent: none. */
  readonly unmodelled?: readonly string[];
  readonly groups: readonly string[];
  readonly publicAddress: boolean;
  /** Whether it says itself if it gets a public address. Absent: its subnet decides. */
  readonly saysAddress?: true;
}
