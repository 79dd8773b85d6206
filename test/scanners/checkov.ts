import { REFUSED, type Finding } from './finding';
import { runPython } from './run-python';
import type { FindingsByFile, Scanner } from './scanner';

const NAME = 'checkov';
const PROGRAM = 'import gc, sys\ngc.disable()\nfrom checkov.main import Checkov\nsys.exit(Checkov().run())';
const VERSION = 'import importlib.metadata\nprint(importlib.metadata.version("checkov"))';
/** What it reads the files of each kind as. It reads no `.tf.json` as `terraform`. */
const FRAMEWORKS = { cloudformation: ['cloudformation', 'secrets'], terraform: ['terraform_json', 'secrets'] } as const;

interface Report {
  readonly results?: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly resource: string;
      readonly file_abs_path: string;
    }[];
    readonly parsing_errors: readonly string[];
  };
}

/** checkov with every check that it has for the kind of file, and its search for secrets. */
export const CHECKOV: Scanner = {
  name: NAME,
  runs: 'frameworks cloudformation, terraform_json, and secrets',
  version: () => runPython(VERSION, []).trim(),
  reads: ['cloudformation', 'terraform'],
  batch: 10,
  scan,
};

function scan(files: readonly string[]): FindingsByFile {
  const found = new Map<string, Finding[]>(files.map((file) => [file, []]));
  const terraform = files.filter((file) => file.endsWith('.tf.json'));
  const templates = files.filter((file) => !file.endsWith('.tf.json'));
  for (const [of, frameworks] of [
    [templates, FRAMEWORKS.cloudformation],
    [terraform, FRAMEWORKS.terraform],
  ] as const) {
    if (of.length === 0) continue;
    for (const { results } of reports(of, frameworks)) {
      for (const { check_id, resource, file_abs_path } of results?.failed_checks ?? []) {
        found.get(file_abs_path)?.push({ tool: NAME, rule: check_id, resource });
      }
      for (const file of results?.parsing_errors ?? [])
        found.get(file)?.push({ tool: NAME, rule: REFUSED, resource: '' });
    }
  }
  return found;
}

function reports(files: readonly string[], frameworks: readonly string[]): readonly Report[] {
  const options = ['--compact', '--quiet', '--skip-download', '--soft-fail', '--output', 'json'];
  const words = [...options, '--framework', ...frameworks, ...files.flatMap((file) => ['--file', file])];
  const told = JSON.parse(runPython(PROGRAM, words)) as Report | readonly Report[];
  return [told].flat();
}
