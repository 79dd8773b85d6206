import { Command, Option } from 'commander';
import { assertWritable, writeWhole } from '../output-file';
import type { Terminal } from '../terminal';
import { page } from './html/page';
import { markdownReport } from './markdown';
import { reportContent } from './report-content';

interface Options {
  readonly output: string;
  readonly stack?: string;
  readonly format: keyof typeof RENDERERS;
}

const RENDERERS = { html: page, markdown: markdownReport } as const;

/**
 * `portcullis report`: a page about a deployment, for people who were not there: its picture, and each claim with its evidence.
 *
 * @param exitWith told the exit code of the verdict
 */
export function reportCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return new Command('report')
    .description('Writes a page with the architecture of a deployment and each claim with its evidence.')
    .argument(
      '<path...>',
      'folders of synthesised output (cdk.out, cdktf.out), templates, cdk.tf.json, or Terraform plans as JSON',
    )
    .requiredOption('--output <file>', 'write the page to this file, whole or not at all')
    .addOption(new Option('--format <format>', 'what to write').choices(Object.keys(RENDERERS)).default('html'))
    .option('--stack <name>', 'look at the deployments of this stack alone')
    .addHelpText('after', EXIT_CODES)
    .action((paths: readonly string[], { output, stack, format }: Options) => {
      assertWritable(output);
      const content = reportContent(paths, stack);
      writeWhole(output, RENDERERS[format](content));
      terminal.stderr.write(`written to ${output}\n`);
      exitWith(content.report.summary.exitCode);
    });
}

const EXIT_CODES = `
The same files give the same bytes. Exit codes are those of \`portcullis check\`:
  0  every claim that applies holds, or is a risk accepted with a reason
  1  a claim is broken, or could not be decided
  2  nothing could be looked at; the message says what to do`;
