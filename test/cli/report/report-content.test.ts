import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLAIMS } from '../../../lib/claims/claims';
import { CLAIM_GROUPS } from '../../../lib/cli/report/claim-groups';
import { layOut, METRICS, type PlacedBox } from '../../../lib/cli/report/diagram/layout';
import { columnsOf, wrapped } from '../../../lib/cli/report/diagram/wrap';
import type { Box, Drawing } from '../../../lib/cli/report/drawing/drawing';
import { page } from '../../../lib/cli/report/html/page';
import { escaped } from '../../../lib/cli/report/html/markup';
import { markdownReport } from '../../../lib/cli/report/markdown';
import { type ReportContent, reportContent } from '../../../lib/cli/report/report-content';
import { run } from '../../../lib/cli/run';
import { escaped as markdownEscaped } from '../../../lib/cli/markdown-text';
import { type Example, EXAMPLES, exampleArtifact, exampleFile } from '../../check/examples';
import { recordingTerminal } from '../recording-terminal';

const NAMES = Object.keys(EXAMPLES) as Example[];
const contents = new Map<Example, ReportContent>();

function contentOf(example: Example): ReportContent {
  const content = contents.get(example) ?? reportContent([exampleFile(example)]);
  contents.set(example, content);
  return content;
}

function drawingOf(example: Example): Drawing {
  const [stack] = contentOf(example).stacks;
  if (stack === undefined) throw new Error(`${example} has no stack`);
  return stack.drawing;
}

function boxesOf({ lanes, stores }: Drawing): readonly Box[] {
  const flat = (box: Box): readonly Box[] => [box, ...box.parts.flatMap(flat)];
  return [...Object.values(lanes).flat(), ...stores].flatMap(flat);
}

test('the groups are the whole catalogue in its order', () => {
  expect(CLAIM_GROUPS.flatMap(({ claims }) => claims)).toEqual(CLAIMS);
});

describe.each(NAMES)('the report on %s', (example) => {
  test('has the same bytes each time, and no time in it', () => {
    const again = reportContent([exampleFile(example)]);
    const first = contentOf(example);
    expect(page(again)).toBe(page(first));
    expect(markdownReport(again)).toBe(markdownReport(first));
    const slower = { ...first, report: { ...first.report, summary: { ...first.report.summary, durationMs: 987_654 } } };
    expect(page(slower)).toBe(page(first));
    expect(markdownReport(slower)).toBe(markdownReport(first));
  });

  test('shows every finding and every accepted risk with all that is known of it', () => {
    const { report, stacks } = contentOf(example);
    const [html, text] = [page({ report, stacks }), markdownReport({ report, stacks })];
    expect(stacks.flatMap(({ claims }) => claims)).toHaveLength(report.claims.length);
    for (const { id, subject, evidence, fix, source } of report.claims) {
      for (const part of [subject, evidence, fix, source]) {
        expect(html).toContain(escaped(part));
        expect(text).toContain(markdownEscaped(part));
      }
      expect(html).toContain(`<code>${id}</code>`);
      expect(text).toContain(`#### \`${id}\``);
    }
    const accepted = report.claims.filter(({ verdict }) => verdict === 'accepted');
    expect(accepted).not.toEqual([]);
    expect(html.split('<span class="badge accepted">accepted</span>')).toHaveLength(1 + 2 * accepted.length);
  });

  test('draws every listener, container, store and key once, and each box under a key of its own', () => {
    const artifact = exampleArtifact(example);
    const boxes = boxesOf(drawingOf(example));
    const count = (kind: Box['kind']): number => boxes.filter((box) => box.kind === kind).length;
    expect(new Set(boxes.map(({ key }) => key)).size).toBe(boxes.length);
    expect(count('listener')).toBe(artifact.balancers.flatMap(({ listeners }) => listeners).length);
    expect(count('store')).toBe(artifact.stores?.filter(({ kind }) => kind !== 'secret').length);
    expect(count('key')).toBe(artifact.keys?.length);
    expect(count('service')).toBe(artifact.cloudRun?.length ?? 0);
    const containers = artifact.hosts.flatMap((host) => host.containers.map(({ name }) => name)).sort();
    expect(
      boxes
        .filter(({ kind }) => kind === 'container')
        .map(({ title }) => title)
        .sort(),
    ).toEqual(containers);
    expect(page(contentOf(example)).split('<g class="box container">')).toHaveLength(1 + containers.length);
  });

  test('leads each line from one box to another', () => {
    const drawing = drawingOf(example);
    const keys = new Set(boxesOf(drawing).map(({ key }) => key));
    expect(drawing.links.filter(({ from, to }) => !keys.has(from) || !keys.has(to))).toEqual([]);
    const callers = drawing.lanes.callers.map(({ key }) => key);
    expect(callers.filter((key) => !drawing.links.some(({ from }) => from === key))).toEqual([]);
    expect(page(contentOf(example)).split('<path class="line"')).toHaveLength(1 + drawing.links.length);
  });

  test('keeps every word inside its box, and every box apart from the others', () => {
    const { boxes, width, height } = layOut(drawingOf(example));
    expectTidy(boxes, { x: 0, y: 0, width, height });
  });

  test('is one page that loads nothing and runs nothing', () => {
    const html = page(contentOf(example));
    expect(html).not.toMatch(/<(?:script|link|img|iframe|object|embed|image|use|foreignObject)\b/i);
    expect(html).not.toMatch(/\s(?:src|on\w+|style|srcset)=/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].filter(([, to]) => !/^#stack-\d+$/.test(to ?? ''))).toEqual([]);
    expect(html).not.toMatch(/@import|url\(/);
  });
});

type Area = Pick<PlacedBox, 'x' | 'y' | 'width' | 'height'>;

/** Words inside their box and above its parts, parts inside their box, and none over another. */
function expectTidy(boxes: readonly PlacedBox[], around: Area): void {
  boxes.forEach((one, index) => {
    expect(isInside(one, around)).toBe(true);
    expect(boxes.slice(index + 1).filter((other) => isOver(one, other))).toEqual([]);
    const rows = [...one.title, ...one.lines];
    const widest = Math.max(0, ...rows.map((row) => columnsOf(row))) * METRICS.column;
    expect(widest).toBeLessThanOrEqual(one.width - 2 * METRICS.padding);
    const bottom = one.y + METRICS.padding + rows.length * METRICS.row;
    expect(bottom).toBeLessThanOrEqual(Math.min(one.y + one.height, ...one.parts.map(({ y }) => y)));
    expectTidy(one.parts, one);
  });
}

function isInside(one: Area, around: Area): boolean {
  return (
    one.x >= around.x &&
    one.y >= around.y &&
    one.x + one.width <= around.x + around.width + 0.01 &&
    one.y + one.height <= around.y + around.height + 0.01
  );
}

function isOver(one: Area, other: Area): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

describe('who reaches what', () => {
  test('is the internet over the one listener, where the internet calls', () => {
    const { lanes, links } = drawingOf('Orders');
    const [internet, ...others] = lanes.callers;
    expect(internet).toMatchObject({ kind: 'internet', title: 'the internet' });
    expect(others).toEqual([]);
    const [listener] = lanes.balancers.flatMap(({ parts }) => parts);
    expect(links.filter(({ from }) => from === internet?.key).map(({ to }) => to)).toEqual([listener?.key]);
  });

  test('is nobody on the internet, where nobody there may call', () => {
    expect(boxesOf(drawingOf('Billing')).filter(({ kind }) => kind === 'internet')).toEqual([]);
    expect(boxesOf(drawingOf('Invoices')).filter(({ kind }) => kind === 'internet')).toEqual([]);
  });

  test('leads operators to their own door', () => {
    const { lanes, links } = drawingOf('Invoices');
    const tunnel = lanes.callers.find(({ title }) => title === 'tunnels of Identity-Aware Proxy');
    const doors = boxesOf(drawingOf('Invoices')).filter(({ kind }) => kind === 'operators');
    expect(links.filter(({ from }) => from === tunnel?.key).map(({ to }) => to)).toEqual(doors.map(({ key }) => key));
  });

  test('leads a server to the services that its account, or a lent one, may call', () => {
    for (const example of ['Invoices', 'Storefront'] as const) {
      const { lanes, links } = drawingOf(example);
      const service = lanes.outside.find(({ kind }) => kind === 'service');
      expect(links.filter(({ to }) => to === service?.key)).toHaveLength(1);
    }
  });
});

const HOSTILE = `</title><script>alert(1)</script><!-- "'&|\`[x](javascript:y)#59;\u202E\u0000\n\`\`\`\n# \u{1F600}${'宽'.repeat(80)}]] --> n0`;

describe('what others wrote', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-report-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Orders with names that nobody would give his containers, constructs, secrets and reasons. */
  function hostileFile(): string {
    const template = JSON.parse(readFileSync(exampleFile('Orders'), 'utf8')) as {
      Resources: Record<string, { Type: string; Metadata?: Record<string, unknown>; Properties: Record<string, any> }>; // oxlint-disable-line typescript/no-explicit-any
    };
    for (const resource of Object.values(template.Resources)) {
      resource.Metadata = { ...resource.Metadata, 'aws:cdk:path': `Orders/${HOSTILE}` };
      if (resource.Type === 'AWS::ECS::TaskDefinition') {
        resource.Properties['ContainerDefinitions'][0].Name = HOSTILE;
        resource.Metadata['portcullis:accepted'] = [{ claim: 'admin-closed', reason: HOSTILE }];
      }
    }
    const file = join(folder, 'Hostile.template.json');
    writeFileSync(file, JSON.stringify(template));
    return file;
  }

  test('is text in HTML and SVG, and stays in its box', () => {
    const content = reportContent([hostileFile()]);
    const html = page(content);
    expect(html).toContain('&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- &quot;&#39;&amp;|');
    expect(html).not.toMatch(/<script|<!--|javascript:y"|[\u0000\u202E]/); // oxlint-disable-line no-control-regex
    const tags = new Set([...html.matchAll(/<\/?([a-zA-Z0-9]+)/g)].map(([, tag]) => tag));
    const own = new Set([...page(contentOf('Orders')).matchAll(/<\/?([a-zA-Z0-9]+)/g)].map(([, tag]) => tag));
    expect([...tags].filter((tag) => !own.has(tag))).toEqual([]);
    const [stack] = content.stacks;
    if (stack === undefined) throw new Error('no stack');
    const { boxes, width, height } = layOut(stack.drawing);
    expectTidy(boxes, { x: 0, y: 0, width, height });
  });

  test('is text in Markdown and in its pictures', () => {
    const text = markdownReport(reportContent([hostileFile()]));
    expect(text).not.toMatch(/<script|<!--|[\u0000]/); // oxlint-disable-line no-control-regex
    expect(text.match(/^```.*$/gm)).toEqual(['```mermaid', '```']);
    const picture = text.slice(text.indexOf('```mermaid'), text.indexOf('\n```\n'));
    for (const line of picture.split('\n').slice(2)) {
      expect(line).toMatch(/^ +(?:end|n\d+ (?:-->|-\.->) n\d+|(?:subgraph )?n\d+\["[A-Za-z0-9 .,/:()+=#;<>-]*"\])$/);
      expect(line.replaceAll('<br/>', '')).not.toMatch(/<|(?<!--|-\.-)>/);
    }
  });
});

describe('words in rows', () => {
  test.each([
    ['Restate/Balancer/LoadBalancer', 15, 3, ['Restate/', 'Balancer/', 'LoadBalancer']],
    ['aaaaaaaaaaaa', 5, 3, ['aaaaa', 'aaaaa', 'aa']],
    ['aaaaaaaaaaaa', 5, 2, ['aaaaa', 'aaa…']],
    ['宽宽宽宽', 4, 3, ['宽宽', '宽宽']],
    ['', 5, 2, []],
  ])('%s in %i columns', (text, columns, most, rows) => {
    expect(wrapped(text, columns, most)).toEqual(rows);
  });
});

async function cli(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordingTerminal();
  const code = await run(['report', ...words], terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

describe('portcullis report', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-report-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each([
    ['html', (content: ReportContent) => page(content)],
    ['markdown', (content: ReportContent) => markdownReport(content)],
  ])('writes %s and exits with what the check exits with', async (format, render) => {
    const file = join(folder, 'report');
    const written = await cli(exampleFile('Orders'), '--output', file, '--format', format);
    const content = reportContent([exampleFile('Orders')]);
    expect(written).toEqual({ code: content.report.summary.exitCode, out: '', err: `written to ${file}\n` });
    expect(readFileSync(file, 'utf8')).toBe(render(content));
  });

  test('exits with 1 where something is broken, says so first, and unproven before broken', async () => {
    const template = readFileSync(exampleFile('Orders'), 'utf8');
    const broken = join(folder, 'Orders.template.json');
    writeFileSync(broken, template.replaceAll('"Encrypted": true', '"Encrypted": false'));
    const file = join(folder, 'report.html');
    expect((await cli(broken, '--output', file)).code).toBe(1);
    const html = readFileSync(file, 'utf8');
    expect(html).toContain('<h1>Not everything holds</h1>');
    const open = html.slice(html.indexOf('What is not shown to hold'), html.indexOf('Accepted risks'));
    expect(open).toContain('<code>disks-encrypted-own-key</code>');
    const verdicts = [...open.matchAll(/badge (unproven|broken)"/g)].map(([, verdict]) => verdict);
    expect(verdicts).toEqual(['unproven', 'broken'].flatMap((each) => verdicts.filter((verdict) => verdict === each)));
  });

  test.each([
    [['cdk.out'], /required option '--output <file>' not specified/],
    [['--output', 'report.html'], /missing required argument 'path'/],
    [['cdk.out', '--output', '/nowhere/report.html'], /\/nowhere is no folder/],
    [['/nowhere/cdk.out', '--output', 'report.html'], /\/nowhere\/cdk\.out/],
  ])('portcullis report %j exits with 2 and says what to write', async (words, message) => {
    const { code, out, err } = await cli(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });
});
