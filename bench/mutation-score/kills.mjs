/** The rule of a finding that stands for a file which a scanner does not read, or fails on. */
const REFUSED = 'refused';

/** Who kills a mutant: whoever has any finding, of any severity, that it has not, or has fewer times, of the file without the fault. */
export function killsOf(found, file, untouched, ours) {
  const names = [...found.keys()];
  const added = (name) => withoutThose(found.get(name).get(file), found.get(name).get(untouched));
  const kills = names.filter((name) => added(name).length > 0);
  const refusals = names.filter((name) => added(name).some(({ rule }) => rule === REFUSED));
  return {
    kills: new Set([...(ours.killed ? ['portcullis check'] : []), ...kills]),
    refusals: new Set([...(ours.refused ? ['portcullis check'] : []), ...refusals]),
  };
}

function withoutThose(findings, others) {
  const left = others.map(keyOf);
  return findings.filter((finding) => {
    const at = left.indexOf(keyOf(finding));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const keyOf = ({ rule, resource }) => `${rule} ${resource}`;
