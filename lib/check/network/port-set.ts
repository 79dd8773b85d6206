import { IntervalSet } from './interval-set';

/** From `from` to `to`, both inside. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

const LAST = 65_535;

/** A set of ports from 0 to 65535, exact: sorted disjoint ranges. Immutable. */
export class PortSet {
  public static readonly NONE: PortSet = new PortSet(IntervalSet.EMPTY);
  public static readonly ALL: PortSet = PortSet.range(0, LAST);

  private constructor(private readonly line: IntervalSet) {}

  /** From one port to another, both inside; empty when they are the wrong way round. What is beyond 65535 is not there. */
  public static range(from: number, to: number): PortSet {
    return new PortSet(IntervalSet.of([{ first: BigInt(Math.max(0, from)), last: BigInt(Math.min(LAST, to)) }]));
  }

  public static of(...ports: readonly number[]): PortSet {
    return PortSet.unionOf(ports.map((port) => PortSet.range(port, port)));
  }

  /** The union of many sets in one pass. */
  public static unionOf(sets: readonly PortSet[]): PortSet {
    return new PortSet(IntervalSet.of(sets.flatMap(({ line }) => line.intervals)));
  }

  /**
   * The atoms of some sets: the coarsest ranges of which each lies in every one of these sets whole or not at all. Together they are all
   * ports; what is true of one port of an atom is true of each. At most twice as many as the sets have ranges, and one.
   */
  public static atoms(sets: readonly PortSet[]): readonly PortRange[] {
    const starts = new Set<number>([0]);
    for (const { from, to } of sets.flatMap((set) => set.ranges)) {
      starts.add(from);
      if (to < LAST) {
        starts.add(to + 1);
      }
    }
    const sorted = [...starts].sort((a, b) => a - b);
    return sorted.map((from, index) => ({ from, to: (sorted[index + 1] ?? LAST + 1) - 1 }));
  }

  public get isEmpty(): boolean {
    return this.line.isEmpty;
  }

  /** How many ports are in it. */
  public get size(): number {
    return Number(this.line.size);
  }

  public get ranges(): readonly PortRange[] {
    return this.line.intervals.map(({ first, last }) => ({ from: Number(first), to: Number(last) }));
  }

  public has(port: number): boolean {
    return this.line.has(BigInt(port));
  }

  public union(other: PortSet): PortSet {
    return new PortSet(this.line.union(other.line));
  }

  public intersect(other: PortSet): PortSet {
    return new PortSet(this.line.intersect(other.line));
  }

  public subtract(other: PortSet): PortSet {
    return new PortSet(this.line.subtract(other.line));
  }

  /** Whether every port of the other set is in this one. */
  public covers(other: PortSet): boolean {
    return this.line.covers(other.line);
  }

  public overlaps(other: PortSet): boolean {
    return this.line.overlaps(other.line);
  }

  public equals(other: PortSet): boolean {
    return this.line.equals(other.line);
  }

  /** For people: `443, 8000-8999`, `every port`, `no port`. */
  public describe(): string {
    if (this.isEmpty) {
      return 'no port';
    }
    return this.equals(PortSet.ALL)
      ? 'every port'
      : this.ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
  }
}
