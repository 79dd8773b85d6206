import { Command, Option } from 'commander';
import { check, type CheckReport } from '../../check';
import { assertWritable, writeWhole } from '../output-file';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';
import { verdictWriter, type WriteVerdict } from '../verdict-colour';
import { checkTable } from './check-table';
import { claimList, listClaims } from './claim-list';
import { junit } from './junit';
import { markdown } from './markdown';
import { sarif } from './sarif';

type Format = 'table' | 'json' | 'sarif' | 'junit' | 'markdown';

interface CheckOptions {
  readonly list?: true;
  readonly only?: readonly string[];
  readonly stack?: string;
  readonly format: Format;
  readonly output?: string;
  readonly color: boolean;
}

/**
 * `portcullis check`: decides from the files alone what holds of a deployment.
 *
 * @param exitWith told the exit code of the verdict
 */
export function checkCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return new Command('check')
    .description('Decides from synthesised files alone who reaches each door and what it admits.')
    .argument(
      '[path...]',
      'folders of synthesised output (cdk.out, cdktf.out), templates, cdk.tf.json, or Terraform plans as JSON',
    )
    .addOption(new Option('--list', 'list the claims that are decided, and decide none').conflicts(['only', 'stack']))
    .option('--only <claim...>', 'decide these claims alone')
    .option('--stack <name>', 'look at the deployments of this stack alone')
    .addOption(
      new Option('--format <format>', 'how to print the report').choices(Object.keys(RENDERERS)).default('table'),
    )
    .option('--output <file>', 'write the report to a file, whole or not at all')
    .option('--no-color', 'print no colours')
    .addHelpText('after', EXIT_CODES)
    .action((paths: readonly string[], options: CheckOptions) => {
      if (options.output !== undefined) assertWritable(options.output);
      if (options.list === true) print(listed(options.format), options, terminal);
      else exitWith(checkAndPrint(given(paths, options.only), options, terminal));
    });
}

const EXIT_CODES = `
Exit codes:
  0  every claim that applies holds, or is a risk accepted with a reason
  1  a claim is broken, or could not be decided
  2  nothing could be looked at; the message says what to do`;

function given(paths: readonly string[], only: readonly string[] = []): readonly string[] {
  if (paths.length > 0) return paths;
  const taken = only.find((each) => /[./]/.test(each));
  if (taken !== undefined) {
    throw new UsageError(
      `--only took ${taken} as a claim`,
      `write the path first: \`portcullis check ${taken} --only ...\``,
    );
  }
  throw new UsageError(
    'check was given no path',
    'write `portcullis check cdk.out`, `portcullis check cdktf.out`, or files',
  );
}

function listed(format: Format): string {
  const claims = listClaims();
  if (format === 'json') return `${JSON.stringify(claims, undefined, 2)}\n`;
  if (format === 'table') return claimList(claims);
  throw new UsageError(`--list has no format ${format}`, 'write --format table or --format json');
}

function checkAndPrint(path: readonly string[], options: CheckOptions, terminal: Terminal): number {
  const { only, stack, output, color, format } = options;
  const report = check({ path, ...(only !== undefined && { only }), ...(stack !== undefined && { stack }) });
  print(RENDERERS[format](report, verdictWriter(terminal.stdout, color && output === undefined)), options, terminal);
  return report.summary.exitCode;
}

const RENDERERS: Readonly<Record<Format, (report: CheckReport, verdict: WriteVerdict) => string>> = {
  table: checkTable,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  sarif,
  junit,
  markdown,
};

function print(text: string, { output }: Pick<CheckOptions, 'output'>, { stdout, stderr }: Terminal): void {
  if (output === undefined) {
    stdout.write(text);
    return;
  }
  writeWhole(output, text);
  stderr.write(`written to ${output}\n`);
}
