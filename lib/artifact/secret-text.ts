import { Remembered } from './remembered';

/** What a text, or a name and its value, gives away. */
export interface Suspicion {
  /** What it is taken for: `a private key`. */
  readonly what: string;
  /** Whether nothing else looks like it. */
  readonly sure: boolean;
}

/** What nothing but a secret looks like, and a word without which a text need not be looked at. */
const SHAPES: readonly (readonly [word: string, pattern: RegExp, what: string])[] = [
  [
    'PRIVATE KEY',
    /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\+n)*[A-Za-z0-9+/=]{16}/,
    'a private key',
  ],
  ['eyJ', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}/, 'a signed token'],
  ['AKIA', /\bAKIA[A-Z2-7]{16}\b/, 'an access key of AWS'],
  ['ASIA', /\bASIA[A-Z2-7]{16}\b/, 'an access key of AWS'],
  ['AIza', /\bAIza[\w-]{35}\b/, 'an API key of Google'],
  ['ya29.', /\bya29\.[\w-]{20,}/, 'an access token of Google'],
  ['gh', /\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{22}/, 'an access token of GitHub'],
  ['glpat-', /\bglpat-[\w-]{20}/, 'an access token of GitLab'],
  ['xox', /\bxox[abeoprs]-[\w-]{10,}/, 'a token of Slack'],
  ['hooks.slack', /hooks\.slack\.com\/services\/\w/, 'an address of Slack that is a credential'],
  ['k_', /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/, 'a key of Stripe'],
  ['whsec_', /\bwhsec_[A-Za-z0-9+/=]{24,}/, 'a key of Stripe'],
  ['sk-', /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}/, 'an API key'],
  ['SG.', /\bSG\.[\w-]{16,}\.[\w-]{16,}/, 'a key of SendGrid'],
  ['npm_', /\bnpm_[A-Za-z0-9]{36}\b/, 'a token of npm'],
  ['"d', /"d\\*"\s*:\s*\\*"[A-Za-z0-9_-]{20,}\\*"/, 'the private half of a key as JSON'],
  ['"k', /"k\\*"\s*:\s*\\*"[A-Za-z0-9_-]{20,}\\*"/, 'a symmetric key as JSON'],
  [
    '://',
    /[a-z0-9]:\/\/[^\s/:@${}'"<>]{0,60}:[^\s/@${}'"<>%\uFFFC]{3,}@[\w[\uFFFC]/,
    'an address with a password in it',
  ],
  ['Bearer ', /\bBearer +[A-Za-z0-9+/_=.-]{20,}/, 'an authorization header'],
  ['Basic ', /\bBasic +[A-Za-z0-9+/_=.-]{16,}/, 'an authorization header'],
];

/** No shape is shorter: `a://:abc@b`. */
const SHORTEST_SHAPE = 10;

const SECRET =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|IDENTITY_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY|LICEN[CS]E_?KEY|CREDENTIALS?)(?:_|$)/;
/** What such a name says when it ends so: where the secret is or what it is like, not what it is. */
const WHERE =
  /_(?:FILE|FILENAME|PATH|DIR|DIRECTORY|ARN|NAME|ID|IDS|URI|URL|ENDPOINT|PARAMETER|VERSION|TTL|TYPE|LENGTH|POLICY|ISSUER|AUDIENCE|HEADER|FROM)$/;
/** Values that are a switch, a number of something, a place, or a reference. */
const NO_SECRET =
  /^(?:|true|false|yes|no|on|off|none|null|required|optional|enabled|disabled|latest|default|\d{1,5}|\/.*|arn:.*|projects\/.*|https?:\/\/[^@]*|ssm:.*|(?:secret|kms|vault):.*|%.*%)$/is;
const SECRET_WORD = /pass|pwd|secret|token|key|credential/i;
const SHORTEST_WORD = 3;
/** `NAME=value`, and `name: "value"`; prose has colons, too, and quotes nothing behind them. */
const ASSIGNED =
  /(?:^|[\s;"'{,&?\\])-{0,2}([A-Za-z_][\w-]{2,40})\\*["']?\s*(?:=|:\s*(?=\\*["']))\s*(?:\\*"([^"\\$`]{6,})\\*"|'([^'\\$`]{6,})'|([^\s"'\\$`;|&<>(){},%:]{6,})(?=[\s;&,]|$))/g;
const RANDOM = /^[A-Za-z0-9+/_=-]{24,512}$/;
const PUBLIC = /^(?:publickeyv1_|sha\d+:|[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]+$|[a-z0-9-]+$|[A-Z0-9_-]+$|[a-z0-9_/-]+$)/;
const RANDOM_BITS = 4;

/** What a text gives away by its shape alone; `undefined` where it gives nothing away. */
export function suspicionOfText(text: string): Suspicion | undefined {
  return text.length < LONG ? suspicionOfShape(text) : OF_TEXTS.of(text, () => suspicionOfShape(text));
}

/** Scripts and configurations, which stand alike in many files. */
const LONG = 1_000;
const OF_TEXTS = new Remembered<Suspicion | undefined>(100);
const OF_SCRIPTS = new Remembered<Suspicion | undefined>(100);

function suspicionOfShape(text: string): Suspicion | undefined {
  if (text.length < SHORTEST_SHAPE) return undefined;
  const found = SHAPES.find(([word, pattern]) => text.includes(word) && pattern.test(text));
  return found && { what: found[2], sure: true };
}

/** What a value gives away by its name. */
export function suspicionOfName(name: string, value: string): Suspicion | undefined {
  return isSecretName(name) ? suspicionOfValue(value) : undefined;
}

/** What a value gives away whose name is that of a secret. */
export function suspicionOfValue(value: string): Suspicion | undefined {
  return NO_SECRET.test(value.trim()) ? undefined : { what: 'the value of a secret, by its name', sure: true };
}

/** What a script or a document gives away by the names in it. */
export function suspicionOfScript(text: string): Suspicion | undefined {
  return text.length < LONG ? suspicionOfNames(text) : OF_SCRIPTS.of(text, () => suspicionOfNames(text));
}

function suspicionOfNames(text: string): Suspicion | undefined {
  if (!SECRET_WORD.test(text)) return undefined;
  for (const [, name = '', one, two, three] of text.matchAll(ASSIGNED)) {
    if (suspicionOfName(name, one ?? two ?? three ?? '') !== undefined) {
      return { what: `the value of ${name}`, sure: true };
    }
  }
  return undefined;
}

/** Whether a value has the length and the letters of one that is random. */
export function mayBeRandom(value: string): boolean {
  return RANDOM.test(value);
}

/** Whether a value is so random that nobody can say it is no secret. */
export function suspicionOfRandomness(name: string, value: string): Suspicion | undefined {
  if (!mayBeRandom(value) || PUBLIC.test(value) || WHERE.test(spelt(name)) || entropy(value) < RANDOM_BITS) {
    return undefined;
  }
  return { what: 'a random value, of which nothing shows that it is no secret', sure: false };
}

/** Whether something of this name is a secret: `MasterUserPassword`, `client_secret`, `API_KEY`. */
export function isSecretName(name: string): boolean {
  if (name.length < SHORTEST_WORD || !SECRET_WORD.test(name)) return false;
  const words = spelt(name);
  return SECRET.test(words) && !WHERE.test(words);
}

function spelt(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}

/** Bits a character, by how often each stands there. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
