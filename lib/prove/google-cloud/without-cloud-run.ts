import type { Artifact } from '../../artifact/artifact';

/** Why nothing about services of Cloud Run applies; `undefined` where there are some, or one that could not be read. */
export function withoutCloudRun({ cloudRun = [], unreadable }: Artifact): string | undefined {
  const unread = unreadable.some(({ subject }) => subject.includes('google_cloud_run'));
  return cloudRun.length > 0 || unread ? undefined : 'no Cloud Run service';
}
