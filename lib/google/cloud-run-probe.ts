import type { CloudRunV2ServiceTemplateContainersLivenessProbe } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { concrete } from '../core/concrete';
import { deepFreeze } from '../core/deep-freeze';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';

/** When Cloud Run asks, and how often it takes no for an answer. */
export interface ProbeTimes {
  /** Seconds from the start of the container to the first one, 0 to 240. @default 0 */
  readonly initialDelaySeconds?: number;
  /** Seconds from one to the next, 1 to 240. @default 10 */
  readonly periodSeconds?: number;
  /** Seconds that an answer may take, at most `periodSeconds`. @default - 5, or `periodSeconds` where that is less */
  readonly timeoutSeconds?: number;
  /** How many in a row fail before the container counts as failed. @default 3 */
  readonly failureThreshold?: number;
}

/** How Cloud Run asks a container whether it is well. A closed set. */
export type CloudRunProbe = Required<ProbeTimes> &
  (
    | { readonly kind: 'tcp' }
    | { readonly kind: 'grpc'; readonly service?: string }
    | { readonly kind: 'http'; readonly path: string }
  );

/** Seconds, and times in a row, at least and at most. */
const TIMES: Readonly<Record<keyof ProbeTimes, readonly [least: number, most: number]>> = {
  initialDelaySeconds: [0, 240],
  periodSeconds: [1, 240],
  timeoutSeconds: [1, 240],
  failureThreshold: [1, 240],
};
/** A container has four minutes to start. */
const LONGEST_START_SECONDS = 240;

/**
 * The factories of {@link CloudRunProbe}.
 *
 * @see https://cloud.google.com/run/docs/configuring/healthchecks
 */
export const CloudRunProbe = {
  /** Whether somebody listens on the port of the container. At its start alone: as a sign of life Cloud Run does not take it. */
  tcp(times: ProbeTimes = {}): CloudRunProbe {
    return deepFreeze({ kind: 'tcp', ...probeTimes('CloudRunProbe.tcp', times) });
  },

  /** The health protocol of gRPC, about one service or about the server. */
  grpc({ service, ...times }: ProbeTimes & { readonly service?: string } = {}): CloudRunProbe {
    const asked = service === undefined ? {} : { service };
    return deepFreeze({ kind: 'grpc', ...asked, ...probeTimes('CloudRunProbe.grpc', times) });
  },

  /**
   * A path that answers 200. Cloud Run asks by HTTP/1, so that a server of HTTP/2 alone never answers: take
   * {@link CloudRunProbe.grpc} or {@link CloudRunProbe.tcp} there. Whoever may call the service may ask the same.
   *
   * @throws UnsafeConfigurationError `HealthPathReserved`, `ProbeInvalid`
   */
  http({ path, ...times }: ProbeTimes & { readonly path: string }): CloudRunProbe {
    assertHealthPath(path);
    return deepFreeze({ kind: 'http', path, ...probeTimes('CloudRunProbe.http', times) });
  },
} as const;

/**
 * Validates what is asked of a container at its start, or while it runs.
 *
 * @throws UnsafeConfigurationError `ProbeInvalid`, and the codes of the factories
 */
export function cloudRunProbe(what: 'startupProbe' | 'livenessProbe', probe: CloudRunProbe): CloudRunProbe {
  const { kind, ...options } = probe;
  const checked = Object.hasOwn(CloudRunProbe, kind) ? CloudRunProbe[kind](options as never) : undefined;
  if (checked === undefined || (what === 'livenessProbe' && kind === 'tcp')) {
    throw invalid(
      `${what} of kind ${quote(kind)}`,
      'Cloud Run does not ask so',
      'use CloudRunProbe.grpc() or .http({ path })',
    );
  }
  const longest = checked.initialDelaySeconds + checked.periodSeconds * checked.failureThreshold;
  if (what === 'startupProbe' && longest > LONGEST_START_SECONDS) {
    throw invalid(
      `startupProbe of ${longest} seconds in all`,
      `Cloud Run gives a container ${LONGEST_START_SECONDS} seconds to start`,
      'lower initialDelaySeconds, periodSeconds or failureThreshold',
    );
  }
  return checked;
}

/** As the provider spells it, at a start and later alike. */
export function renderCloudRunProbe(
  { kind, ...probe }: CloudRunProbe,
  port: number,
): CloudRunV2ServiceTemplateContainersLivenessProbe {
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold } = probe;
  const times = { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold };
  if ('path' in probe) return { ...times, httpGet: { port, path: probe.path } };
  if (kind === 'tcp') return { ...times, tcpSocket: { port } };
  return { ...times, grpc: { port, ...('service' in probe && { service: probe.service }) } };
}

function probeTimes(what: string, times: ProbeTimes): Required<ProbeTimes> {
  refuseUnknownOptions(what, times, Object.keys(TIMES));
  const { periodSeconds = 10 } = times;
  const { initialDelaySeconds = 0, timeoutSeconds = Math.min(5, periodSeconds), failureThreshold = 3 } = times;
  const chosen = { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold };
  for (const name of Object.keys(chosen) as (keyof ProbeTimes)[]) {
    const [least, most] = TIMES[name];
    const value = concrete(name, chosen[name]);
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    throw invalid(
      `${name} ${quote(value)}`,
      'Cloud Run takes none such',
      `give a whole number from ${least} to ${most}`,
    );
  }
  if (timeoutSeconds <= periodSeconds) return chosen;
  throw invalid(
    `timeoutSeconds ${timeoutSeconds} with periodSeconds ${periodSeconds}`,
    'Cloud Run asks again only when the last answer is there, or too late',
    'give a timeout of at most the period',
  );
}

/** What the platform keeps to itself: it answers there, and the container never sees who asks. */
const RESERVED_PATH = /z$|^\/eventlog$|^\/_ah\//;
const PATH = /^\/[A-Za-z0-9._~/-]{0,255}$/;

/**
 * @throws UnsafeConfigurationError `HealthPathReserved`, `ProbeInvalid`, `ValueNotConcrete`
 * @see https://cloud.google.com/run/docs/known-issues#ah
 */
function assertHealthPath(path: string): void {
  if (!PATH.test(concrete('the path of a probe', path))) {
    throw invalid(
      `path ${quote(path)}`,
      'it is no path without query',
      "write it as the container knows it, e.g. '/health'",
    );
  }
  if (!RESERVED_PATH.test(path)) return;
  throw new UnsafeConfigurationError({
    code: 'HealthPathReserved',
    given: `path ${quote(path)} of a probe`,
    because: 'Google answers there itself, or may: /eventlog, below /_ah/, and paths that end in z',
    write: "choose another, e.g. '/health'",
  });
}

function invalid(given: string, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({ code: 'ProbeInvalid', given, because, write });
}
