import { rewriteLiterals } from '../terraform-text';

/** A unit of systemd: the name of its file, and what stands in it. */
export interface Unit {
  readonly name: string;
  readonly text: string;
}

/**
 * Lets a unit say on the console, too, why it failed: `gcloud compute instances get-serial-port-output` shows it where nobody may open a
 * shell. Units that keep Restate from starting have it, and those that hand on what callers cause do not.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#StandardOutput=
 */
export const ON_CONSOLE = `StandardOutput=journal+console
StandardError=journal+console`;

/** Nothing in it means anything to systemd. A value that is known only at deployment is a name that Google admits: plain, too. */
const PLAIN = /^(?:[A-Za-z0-9_@+=:,./-]|\$\{TfToken\[[^\]]*\]\})+$/;

/** What systemd reads anew between double quotes, and how it is told not to. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\t': '\\t',
  '%': '%%',
  $: '$$',
};

/**
 * Renders a command line of a unit. systemd hands each word to the program exactly as it is given here: no variable, no specifier and no
 * shell stands between, so that who reads the unit sees what runs.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting
 */
export function commandLine(words: readonly string[]): string {
  return words.map(word).join(' ');
}

function word(text: string): string {
  if (PLAIN.test(text)) return text;
  return `"${rewriteLiterals(text, (literal) => literal.replaceAll(/[\\"\n\t%$]/g, (found) => ESCAPES[found] ?? found))}"`;
}
