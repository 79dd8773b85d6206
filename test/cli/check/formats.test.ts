import { checkTable } from '../../../lib/cli/check/check-table';
import { junit } from '../../../lib/cli/check/junit';
import { markdown } from '../../../lib/cli/check/markdown';
import { sarif } from '../../../lib/cli/check/sarif';
import { REPORT } from './report-fixture';

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/;

describe('the table', () => {
  const table = checkTable(REPORT, (verdict) => verdict);

  test('has a part for each stack, what is wrong first, and ends with what it came to', () => {
    const firsts = table.split('\n').map((line) => line.split(/ {2}/)[0] ?? '');
    expect(firsts.filter((word) => /^[a-z]/i.test(word))).toEqual([
      'Orders',
      'claim',
      'admin-closed',
      'ingress-authenticated',
      'rules-exact',
      'images-by-digest',
      'Billing',
      'claim',
      'egress-closed',
      'not applicable',
      'cloud-run-private',
      'accepted',
      'admin-closed',
    ]);
    expect(table).toMatch(/\n\n6 holds, 1 accepted, 1 unproven, 1 broken, 1 not-applicable; 1234 ms\n$/);
  });

  test('says where it stands and what mends it, where something is wrong', () => {
    expect(table.replaceAll(/\s+/g, ' ')).toContain(
      'at: Orders/Restate/TaskGroup (cdk.out/Orders template.json:12) fix: close admin-closed',
    );
  });

  test('names a few of many that hold for one reason', () => {
    expect(table).toContain('A, B, C and 1 more: by digest');
  });

  test('is no wider than a terminal, and steers none', () => {
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(table).not.toMatch(CONTROL);
  });
});

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: { readonly startLine: number };
    };
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
}

describe('SARIF', () => {
  const { version, runs } = JSON.parse(sarif(REPORT)) as {
    version: string;
    runs: [{ tool: { driver: { rules: readonly { id: string }[] } }; results: readonly SarifResult[] }];
  };
  const [{ tool, results }] = runs;

  test('tells what is broken as an error, what is unproven as a warning, what is accepted suppressed, and nothing else', () => {
    expect(version).toBe('2.1.0');
    expect(results.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions?.length ?? 0])).toEqual([
      ['admin-closed', 'error', 0],
      ['admin-closed', 'note', 1],
      ['egress-closed', 'warning', 0],
    ]);
  });

  test('has a rule for each claim that was decided, which its results point to', () => {
    const { rules } = tool.driver;
    expect(new Set(rules.map(({ id }) => id))).toEqual(new Set(REPORT.claims.map(({ id }) => id)));
    expect(results.filter(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id !== ruleId)).toEqual([]);
  });

  test('points to the line and the construct', () => {
    expect(results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'cdk.out/Orders%20template.json', uriBaseId: 'SRCROOT' },
          region: { startLine: 12 },
        },
        logicalLocations: [
          { name: 'Orders/TaskGroup', fullyQualifiedName: 'Orders/Restate/TaskGroup', kind: 'resource' },
        ],
      },
    ]);
    expect(results[2]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'cdk.out', uriBaseId: 'SRCROOT' },
    });
  });

  test('knows a result again whatever its evidence is', () => {
    const other = JSON.parse(
      sarif({ ...REPORT, claims: REPORT.claims.map((claim) => ({ ...claim, evidence: 'something else' })) }),
    ) as { runs: [{ results: readonly SarifResult[] }] };
    const prints = (of: readonly SarifResult[]): unknown => of.map(({ partialFingerprints }) => partialFingerprints);
    expect(prints(other.runs[0].results)).toEqual(prints(results));
    expect(new Set(results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size).toBe(3);
  });
});

describe('JUnit', () => {
  const xml = junit(REPORT);

  test('counts by stack', () => {
    expect(xml).toContain(
      '<testsuites name="portcullis" tests="10" failures="1" errors="1" skipped="2" time="1.234">\n',
    );
    expect(xml).toContain('<testsuite name="Orders" tests="8" failures="1" errors="0" skipped="1">\n');
    expect(xml).toContain('<testsuite name="Billing" tests="2" failures="0" errors="1" skipped="1">\n');
    expect(xml.match(/<testcase /g)).toHaveLength(10);
  });

  test('says what failed and where, and nothing in it breaks out', () => {
    expect(xml).toContain(
      '<testcase classname="admin-closed" name="admin-closed: TaskGroup" file="cdk.out/Orders template.json" line="12"><failure type="broken" message="10.0.0.0/8 reaches 9070 | by &quot;rule&quot; &lt;1&gt; &amp; ?]0;owned? `x`&#10;and [2](javascript:alert) ]]&gt;">',
    );
    // oxlint-disable-next-line no-control-regex
    expect(xml).not.toMatch(/[\u0000-\u0008\u000B-\u001F]/);
  });
});

describe('Markdown', () => {
  const text = markdown(REPORT);

  test('every row has as many cells as its heading', () => {
    const tables = text.split('\n\n').filter((part) => part.startsWith('| '));
    expect(tables.length).toBeGreaterThan(3);
    for (const table of tables) {
      const widths = table.split('\n').map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  test('nothing in it marks up', () => {
    expect(text).toContain(
      '| `admin-closed` | **broken** | TaskGroup<br>Orders/Restate/TaskGroup (cdk.out/Orders template.json:12) | 10.0.0.0/8 reaches 9070 \\| by "rule" &lt;1&gt; &amp; ?',
    );
    expect(text).toContain('\\`x\\`<br>and \\[2\\](javascript:alert) \\]\\]&gt; | close admin-closed |');
  });

  test('folds away what holds, what does not apply and what was accepted', () => {
    expect([...text.matchAll(/<summary>(.*)<\/summary>/g)].map(([, summary]) => summary)).toEqual([
      '6 holds',
      '1 not applicable',
      '1 accepted',
    ]);
  });
});
