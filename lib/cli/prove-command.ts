import { Command, Option } from 'commander';
import type { ProofReport } from '../prove';
import { attackList } from './attack-list';
import { keepUp } from './keep-up';
import { loadProve } from './load-prove';
import { assertWritable, writeWhole } from './output-file';
import { progressLine } from './progress-line';
import { reportTable } from './report-table';
import { serviceUrl } from './service-url';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';
import { verdictWriter } from './verdict-colour';

interface ProveOptions {
  readonly list?: true;
  readonly only?: readonly string[];
  readonly stack?: string;
  readonly slow?: true;
  readonly keep?: true;
  readonly service?: URL;
  readonly format: 'table' | 'json';
  readonly output?: string;
  readonly color: boolean;
}

/**
 * `portcullis prove`: boots the real servers from the files and attacks them.
 *
 * @param exitWith told the exit code of the verdict
 */
export function proveCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return new Command('prove')
    .description('Boots the real servers from synthesised files and attacks them.')
    .argument(
      '[path]',
      'folder of synthesised output (cdk.out, cdktf.out), one template, one cdk.tf.json, or a Terraform plan as JSON',
    )
    .addOption(new Option('--list', 'list the attacks and run none').conflicts(['only', 'stack', 'slow']))
    .option('--only <id...>', 'run these attacks and their controls alone')
    .option('--stack <name>', 'look at the deployments of this stack alone')
    .option('--slow', 'also run the attacks that need the real, long timers')
    .addOption(
      new Option('--keep', 'attack nothing: keep one deployment up until Ctrl-C, and say how to talk to it').conflicts([
        'list',
        'only',
        'slow',
        'output',
      ]),
    )
    .option('--service <url>', 'with --keep: a service of yours on this machine to stand behind it', serviceUrl)
    .addOption(new Option('--format <format>', 'how to print the report').choices(['table', 'json']).default('table'))
    .option('--output <file>', 'write the report to a file, whole or not at all')
    .option('--no-color', 'print no colours')
    .addHelpText('after', EXIT_CODES)
    .action(async (path: string | undefined, options: ProveOptions) => {
      if (options.service !== undefined && options.keep !== true) {
        throw new UsageError('--service was given without --keep', 'add --keep, or leave it out');
      }
      if (options.output !== undefined) assertWritable(options.output);
      if (options.keep === true) await keepUp({ ...options, path: given(path) }, terminal);
      else if (options.list === true) print(loadProve().listAttacks(), attackList, options, terminal);
      else exitWith(await proveAndPrint(given(path, options.only), options, terminal));
    });
}

const EXIT_CODES = `
Exit codes:
  0  every claim that applies holds, or is a risk accepted with a reason
  1  a claim is broken, or could not be decided
  2  nothing could be looked at; the message says what to do`;

function given(path: string | undefined, only: readonly string[] = []): string {
  if (path !== undefined) return path;
  const taken = only.find((each) => /[./]/.test(each));
  if (taken !== undefined) {
    throw new UsageError(
      `--only took ${taken} as an attack`,
      `write the path first: \`portcullis prove ${taken} --only ...\``,
    );
  }
  throw new UsageError(
    'prove was given no path',
    'write `portcullis prove cdk.out`, `portcullis prove cdktf.out`, or one file',
  );
}

async function proveAndPrint(path: string, options: ProveOptions, terminal: Terminal): Promise<number> {
  const { only, output } = options;
  const progress = progressLine(terminal.stderr);
  let report: ProofReport;
  try {
    report = await loadProve().prove({
      path,
      onProgress: progress.onProgress,
      ...(only === undefined ? {} : { only }),
      ...(options.stack === undefined ? {} : { stack: options.stack }),
      ...(options.slow === undefined ? {} : { slow: options.slow }),
    });
  } finally {
    progress.stop();
  }
  const verdict = verdictWriter(terminal.stdout, options.color && output === undefined);
  print(report, (each) => reportTable(each, verdict), options, terminal);
  return report.summary.exitCode;
}

function print<Result>(
  result: Result,
  table: (result: Result) => string,
  { format, output }: ProveOptions,
  { stdout, stderr }: Terminal,
): void {
  const text = format === 'json' ? `${JSON.stringify(result, undefined, 2)}\n` : table(result);
  if (output === undefined) {
    stdout.write(text);
    return;
  }
  writeWhole(output, text);
  stderr.write(`written to ${output}\n`);
}
