/** What the figures mean, for whoever reads them without the code. */
export const WHAT_COUNTS = [
  'Each mutant is one of the examples with one value changed so that a guard is gone: made by the generator of the tests',
  '(`test/mutants/check`), taken evenly over the claims, each counted under the first claim that it breaks. `portcullis check` kills it with the',
  'exit code 1 and a claim that fits, broken or unproven, and was neither before. Any other scanner kills it with any finding at all,',
  'of any rule and severity, that the',
  'file without the fault does not have, whether or not it is about the fault; or by refusing or failing to read the file. None of them is made',
  'to know Restate or Envoy, and the mutants are those of the claims of this project: this is what is left to do beside them, not how good they are.',
].join(' ');

const line = (cells) => `| ${cells.join(' | ')} |`;
/** Of columns that are text, then of columns that are figures. */
const table = (texts, figures, rows) =>
  [
    line([...texts, ...figures]),
    line([...texts.map(() => '---'), ...figures.map(() => '--:')]),
    ...rows.map(line),
  ].join('\n');
const percent = (part, whole) => `${part} (${((100 * part) / whole).toFixed(0)}%)`;
const killed = (results, name) => results.filter(({ kills }) => kills.has(name)).length;
const refused = (results, name) => results.filter(({ refusals }) => refusals.has(name)).length;
const killedByAny = (results, tools) => results.filter(({ kills }) => tools.some(({ name }) => kills.has(name))).length;

/** The results of a cloud as Markdown: all of them together, then by claim. Holds no time, and is the same for the same mutants. */
export function tablesOf({ cloud, results, tools }) {
  const others = tools.filter(({ own }) => !own);
  const together = others.length > 1 ? ['all others together'] : [];
  const byClaim = Object.entries(groupedByClaim(results)).map(([claim, of]) => [
    `\`${claim}\``,
    of.length,
    ...tools.map(({ name }) => killed(of, name)),
    ...together.map(() => killedByAny(of, others)),
  ]);
  return [
    `## ${cloud}: ${results.length} mutants`,
    table(
      ['scanner', 'what was run'],
      ['findings without a fault', 'killed', 'of these refused as a whole'],
      tools.map(({ name, version, runs, findings }) => [
        `${name} ${version}`,
        runs,
        findings,
        percent(killed(results, name), results.length),
        refused(results, name),
      ]),
    ),
    ...together.map(() => `All others together kill ${percent(killedByAny(results, others), results.length)}.`),
    table(['claim that the mutant breaks'], ['mutants', ...tools.map(({ name }) => name), ...together], byClaim),
  ].join('\n\n');
}

/** In the order of their ids. */
function groupedByClaim(results) {
  const sorted = results.toSorted(({ claim: one }, { claim: other }) => (one < other ? -1 : 1));
  const groups = {};
  for (const result of sorted) (groups[result.claim] ??= []).push(result);
  return groups;
}
