import type { ReportContent } from '../report-content';
import { counts } from './counts';
import { escaped } from './markup';
import { stackSection } from './stack-section';
import { STYLE } from './style';

/** Renders a report as one HTML page that loads nothing and runs nothing. */
export function page({ report, stacks }: ReportContent): string {
  const title = `portcullis report: ${stacks.map(({ name }) => name).join(', ')}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${report.summary.exitCode === 0 ? 'Every claim that applies holds' : 'Not everything holds'}</h1>`,
    `<p class="soft">${escaped(report.artifact)}, read by portcullis ${escaped(report.version)}. Decided from the files alone: nothing was deployed or run.</p>`,
    ...(stacks.length > 1
      ? [
          counts(report.summary),
          `<ul>${stacks.map(({ name }, index) => `<li><a href="#stack-${index + 1}">${escaped(name)}</a></li>`).join('')}</ul>`,
        ]
      : []),
    ...stacks.map((stack, index) => stackSection(stack, `stack-${index + 1}`)),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
