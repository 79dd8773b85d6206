import { Command, Option } from 'commander';
import { diff, type DiffReport } from '../../check';
import { assertWritable, writeWhole } from '../output-file';
import type { Terminal } from '../terminal';
import { diffMarkdown } from './diff-markdown';
import { diffTable } from './diff-table';

interface Options {
  readonly stack?: string;
  readonly format: keyof typeof RENDERERS;
  readonly output?: string;
}

const RENDERERS = {
  table: diffTable,
  json: (report: DiffReport): string => `${JSON.stringify(report, undefined, 2)}\n`,
  markdown: diffMarkdown,
} as const;

/**
 * `portcullis diff`: compares what two syntheses permit.
 *
 * @param exitWith told the exit code: 1 when something opened
 */
export function diffCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return new Command('diff')
    .description('Compares what two syntheses permit: what opened, what closed, and which claims changed.')
    .argument('<before>', 'what was synthesised before: a folder, a template, cdk.tf.json, or a Terraform plan as JSON')
    .argument('<after>', 'what was synthesised now')
    .option('--stack <name>', 'look at the deployments of this stack alone')
    .addOption(
      new Option('--format <format>', 'how to print the comparison').choices(Object.keys(RENDERERS)).default('table'),
    )
    .option('--output <file>', 'write the comparison to a file, whole or not at all')
    .addHelpText('after', EXIT_CODES)
    .action((before: string, after: string, { stack, format, output }: Options) => {
      if (output !== undefined) assertWritable(output);
      const report = diff({ before, after, ...(stack !== undefined && { stack }) });
      const text = RENDERERS[format](report);
      if (output === undefined) {
        terminal.stdout.write(text);
      } else {
        writeWhole(output, text);
        terminal.stderr.write(`written to ${output}\n`);
      }
      exitWith(report.summary.exitCode);
    });
}

const EXIT_CODES = `
Exit codes:
  0  nothing opened
  1  something is permitted that was not, or a claim is worse than it was
  2  nothing could be looked at; the message says what to do`;
