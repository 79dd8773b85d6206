import type { Finding } from './finding';
import { runPython } from './run-python';
import type { FindingsByFile, Scanner } from './scanner';

const NAME = 'cfn-lint';
/** The collector of garbage finds none, and takes a sixth of the time. */
const PROGRAM = 'import gc, sys\ngc.disable()\nfrom cfnlint.runner import main\nsys.exit(main())';
const VERSION = 'import importlib.metadata\nprint(importlib.metadata.version("cfn-lint"))';

interface Match {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

/** cfn-lint with its default rules: errors and warnings. */
export const CFN_LINT: Scanner = {
  name: NAME,
  runs: 'its default rules, errors and warnings, one region',
  version: () => runPython(VERSION, []).trim(),
  reads: ['cloudformation'],
  batch: 10,
  scan,
};

function scan(files: readonly string[]): FindingsByFile {
  const found = new Map<string, Finding[]>(files.map((file) => [file, []]));
  const matches = JSON.parse(
    runPython(PROGRAM, ['--format', 'json', '--regions', 'eu-central-1', '--', ...files]),
  ) as readonly Match[];
  for (const { Filename, Rule, Location } of matches) {
    const [section, id] = Location.Path ?? [];
    found.get(Filename)?.push({ tool: NAME, rule: Rule.Id, resource: section === 'Resources' ? String(id ?? '') : '' });
  }
  return found;
}
