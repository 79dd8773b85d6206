import type { Unreadable } from './artifact';

/** What could not be read of a file, each thing once. */
export class Reports {
  private readonly reported = new Map<string, Unreadable>();

  public get unreadable(): readonly Unreadable[] {
    return [...this.reported.values()];
  }

  public report(subject: string, reason: string, concerns?: Unreadable['concerns']): void {
    const key = `${subject}\n${reason}`;
    const known =
      this.reported.get(key)?.concerns === 'template' ? 'template' : (concerns ?? this.reported.get(key)?.concerns);
    this.reported.set(key, { subject, reason, ...(known !== undefined && { concerns: known }) });
  }

  /** Whether something of a resource could not be read. */
  public isReported(subject: string): boolean {
    return this.unreadable.some((each) => each.subject === subject);
  }
}
