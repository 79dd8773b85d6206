import { type CheckResult, summarise } from '../../../check/report';
import { svg } from '../diagram/svg';
import { type ClaimFindings, findingsByGroup, openFindings } from '../findings';
import type { StackContent } from '../report-content';
import { whoReachesWhat } from '../who-reaches-what';
import { counts } from './counts';
import { escaped } from './markup';

/** What a page says of one stack: its picture, what is open, which risks were accepted, and every claim. */
export function stackSection({ name, drawing, claims }: StackContent, anchor: string): string {
  const open = openFindings(claims);
  const accepted = claims.filter(({ verdict }) => verdict === 'accepted');
  const links = whoReachesWhat(drawing);
  return [
    `<section id="${anchor}">`,
    `<h2>${escaped(name)}</h2>`,
    counts(summarise(claims)),
    `<div class="figure">${svg(drawing, `Architecture of ${name}`)}</div>`,
    '<p class="soft">Callers on the left, ways out on the right, stores below. Broken lines ask after health alone.</p>',
    '<h3>Who reaches what</h3>',
    links.length === 0
      ? '<p>Nobody is known to reach anything.</p>'
      : `<ul class="links">${links.map(({ from, to }) => `<li>${escaped(from)} → ${escaped(to)}</li>`).join('')}</ul>`,
    '<h3>What is not shown to hold</h3>',
    ...(open.length === 0 ? ['<p>Nothing is unproven or broken.</p>'] : open.map(item)),
    '<h3>Accepted risks</h3>',
    ...(accepted.length === 0 ? ['<p>None.</p>'] : accepted.map(item)),
    ...findingsByGroup(claims).flatMap((group) => [`<h3>${group.title}</h3>`, ...group.claims.map(claimItem)]),
    '</section>',
  ].join('\n');
}

function item(result: CheckResult): string {
  return `<article class="claim"><header><span class="badge ${result.verdict}">${result.verdict}</span> <h4><code>${escaped(result.id)}</code></h4></header>${body(result)}</article>`;
}

function claimItem({ claim, findings, accepted, verdict }: ClaimFindings): string {
  const risks = accepted.length === 0 ? '' : ` <span class="badge accepted">${accepted.length} accepted</span>`;
  return [
    `<article class="claim"><header><span class="badge ${verdict}">${verdict}</span>${verdict === 'accepted' ? '' : risks} <h4><code>${escaped(claim.id)}</code></h4></header>`,
    `<p>${escaped(claim.statement)}</p>`,
    ...findings.map((finding) => {
      const own = finding.verdict === verdict ? '' : `<span class="badge ${finding.verdict}">${finding.verdict}</span>`;
      return `<div class="finding">${own}${body(finding)}</div>`;
    }),
    ...accepted.map((risk) => `<div class="finding"><span class="badge accepted">accepted</span>${body(risk)}</div>`),
    `<p class="soft">Source: ${escaped(claim.source)}</p></article>`,
  ].join('');
}

/** What was found about one subject: the witness, what to change, where it stands. */
function body({ subject, source, evidence, fix }: CheckResult): string {
  return [
    `<p>${escaped(evidence)}</p>`,
    ...(fix === '' ? [] : [`<p class="fix">${escaped(fix)}</p>`]),
    `<p class="soft"><code>${escaped(subject)}</code>${source === subject ? '' : ` at ${escaped(source)}`}</p>`,
  ].join('');
}
