import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtStandIn } from './built-stand-in';
import { schemaOf } from './schema';

/** A terraform that has a provider for Google: its own from a mirror, or what stands in for it. */
export interface Terraform {
  readonly provider: 'real' | 'stand-in';
  /** Runs terraform on a copy of a synthesised stack, in a folder of its own. */
  in(stackFolder: string): (...words: string[]) => Ran;
  dispose(): void;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const VERSION = '6.50.0';
/** As Go calls them. */
const SYSTEMS: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };
const QUIET = {
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
  GOOGLE_OAUTH_ACCESS_TOKEN: 'none-of-ours',
  // short lives need no thorough collection of garbage: it is a sixth of their time
  GOGC: '400',
};

/** Why there is none, in words for whoever reads what was skipped. */
export function missingForTerraform(): string | undefined {
  if (!runs('terraform', 'version')) return 'terraform is not on this machine';
  if (mirrorOfProvider() === undefined && !runs('go', 'version')) {
    return 'TF_CLI_CONFIG_FILE names no mirror with the google provider, and without Go nothing can stand in for it';
  }
  return undefined;
}

/**
 * @param types of the resources that the stand-in has to know
 */
export function terraform(types: readonly string[]): Terraform {
  const home = mkdtempSync(join(tmpdir(), 'portcullis-terraform-'));
  const mirror = mirrorOfProvider();
  const environment = { ...process.env, ...QUIET, ...(mirror === undefined ? standIn(home, types) : {}) };
  let stacks = 0;
  return {
    provider: mirror === undefined ? 'stand-in' : 'real',
    in: (stackFolder) => {
      const folder = join(home, `stack-${(stacks += 1)}`);
      cpSync(stackFolder, folder, { recursive: true });
      return (...words) => run('terraform', words, { cwd: folder, env: environment });
    },
    dispose: () => rmSync(home, { recursive: true, force: true }),
  };
}

function run(command: string, words: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Ran {
  return spawnSync(command, words, { encoding: 'utf8', timeout: 300_000, maxBuffer: 1 << 28, ...options });
}

function runs(command: string, word: string): boolean {
  return run(command, [word]).status === 0;
}

/** A mirror that terraform itself is told of, and that holds the provider. */
function mirrorOfProvider(): string | undefined {
  const file = process.env.TF_CLI_CONFIG_FILE;
  if (file === undefined || !existsSync(file)) return undefined;
  const [, path] = /filesystem_mirror\s*\{[^}]*path\s*=\s*"([^"]+)"/.exec(readFileSync(file, 'utf8')) ?? [];
  return path !== undefined && run('find', [path, '-path', '*/hashicorp/google/*']).stdout !== '' ? path : undefined;
}

function standIn(home: string, types: readonly string[]): NodeJS.ProcessEnv {
  const system = `${platform()}_${SYSTEMS[arch()] ?? arch()}`;
  const mirror = join(home, 'mirror');
  const folder = join(mirror, hostOfProviders(home), 'hashicorp/google', VERSION, system);
  mkdirSync(folder, { recursive: true });
  copyFileSync(builtStandIn(), join(folder, `terraform-provider-google_v${VERSION}_x5`));
  const schema = join(home, 'schema.json');
  writeFileSync(schema, JSON.stringify(schemaOf(types)));
  const config = join(home, 'terraform.rc');
  writeFileSync(
    config,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`,
  );
  return { TF_CLI_CONFIG_FILE: config, STAND_IN_SCHEMA: schema };
}

/** Where terraform looks for providers when nothing is said, in its own words. */
function hostOfProviders(home: string): string {
  const folder = join(home, 'host');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'main.tf.json'),
    '{"terraform":{"required_providers":{"google":{"source":"hashicorp/google"}}}}',
  );
  const { stdout, stderr } = run('terraform', ['providers'], { cwd: folder, env: { ...process.env, ...QUIET } });
  const [, host] = /provider\[([^/]+)\/hashicorp\/google\]/.exec(stdout) ?? [];
  if (host === undefined) throw new Error(`terraform names no host of its providers:\n${stdout}${stderr}`);
  return host;
}
