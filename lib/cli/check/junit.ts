import type { CheckReport, CheckResult } from '../../check';
import { byStack, type StackRows } from './by-stack';

/** Renders a report as JUnit XML: a suite for each stack, a case for each claim and subject. */
export function junit(report: CheckReport): string {
  const suites = byStack(report).map(suite);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    tag('testsuites', { name: report.tool, ...counts(report.claims), time: report.summary.durationMs / 1_000 }, [
      '\n',
      ...suites,
    ]),
    '',
  ].join('\n');
}

function suite({ name, claims }: StackRows): string {
  return `${tag('testsuite', { name, ...counts(claims) }, ['\n', ...claims.map(testCase)])}\n`;
}

function counts(claims: readonly CheckResult[]): Readonly<Record<string, number>> {
  const count = (...verdicts: readonly CheckResult['verdict'][]): number =>
    claims.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    tests: claims.length,
    failures: count('broken'),
    errors: count('unproven'),
    skipped: count('accepted', 'not-applicable'),
  };
}

function testCase(claim: CheckResult): string {
  const { id, subject, place } = claim;
  const attributes = { classname: id, name: `${id}: ${subject}`, ...(place && { file: place.file, line: place.line }) };
  return `${tag('testcase', attributes, outcome(claim))}\n`;
}

function outcome({ verdict, evidence, fix, source }: CheckResult): readonly string[] {
  const told = [evidence, `at: ${source}`, ...(fix === '' ? [] : [`fix: ${fix}`])].join('\n');
  if (verdict === 'holds') return [tag('system-out', {}, [escaped(evidence)])];
  if (verdict === 'accepted' || verdict === 'not-applicable') {
    return [tag('skipped', { message: `${verdict}: ${evidence}` }, [])];
  }
  return [tag(verdict === 'broken' ? 'failure' : 'error', { type: verdict, message: evidence }, [escaped(told)])];
}

function tag(name: string, attributes: Readonly<Record<string, string | number>>, body: readonly string[]): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`,
  );
  const opened = `<${name}${written.join('')}`;
  return body.length === 0 ? `${opened}/>` : `${opened}>${body.join('')}</${name}>`;
}

/** Characters that XML 1.0 has no way to write become question marks. */
function escaped(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '?')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
