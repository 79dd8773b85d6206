import type { Unit } from './unit-file';

const BINDING = ['Requires', 'BindsTo', 'Requisite'];

/** Which unit waits for which, of those that are started. */
export class UnitOrder {
  private readonly started: ReadonlyMap<string, Unit>;

  public constructor(started: ReadonlyMap<string, Unit>) {
    this.started = started;
  }

  /** Whether a unit is started after another one, itself or by way of others. */
  public isAfter(unit: Unit, other: Unit): boolean {
    return unit !== other && this.reaches(unit, other, (each) => this.before(each));
  }

  /** Whether a unit does not start unless another one has. */
  public needs(unit: Unit, other: Unit): boolean {
    return this.reaches(unit, other, (each) => BINDING.flatMap((name) => each.names('Unit', name)));
  }

  /** Whether a unit ends with another one, however that ends. */
  public endsWith(unit: Unit, other: Unit): boolean {
    return unit.names('Unit', 'BindsTo').includes(other.name);
  }

  private before(unit: Unit): readonly string[] {
    const reverse = [...this.started.values()].filter((each) => each.names('Unit', 'Before').includes(unit.name));
    return [...unit.names('Unit', 'After'), ...reverse.map(({ name }) => name)];
  }

  private reaches(from: Unit, to: Unit, next: (unit: Unit) => readonly string[]): boolean {
    const seen = new Set([from.name]);
    const waiting = [from];
    for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) {
      for (const name of next(each)) {
        const found = this.started.get(name);
        if (name === to.name) return true;
        if (found !== undefined && !seen.has(name)) waiting.push(found);
        seen.add(name);
      }
    }
    return false;
  }
}

/** Whether systemd waits for the end of a unit's commands before it starts what comes after it. */
export function runsOnce(unit: Unit): boolean {
  return unit.value('Service', 'Type') === 'oneshot';
}
