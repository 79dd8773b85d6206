/** From `first` to `last`, both inside. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * A set of whole numbers as sorted, disjoint intervals of which no two touch: equal sets have equal intervals. Each operation takes time
 * in proportion to the intervals of its operands, and `of` that of sorting.
 */
export class IntervalSet {
  public static readonly EMPTY: IntervalSet = new IntervalSet([]);

  private constructor(public readonly intervals: readonly Interval[]) {}

  /** The union of any intervals, in any order. */
  public static of(intervals: readonly Interval[]): IntervalSet {
    const sorted = intervals
      .filter(({ first, last }) => first <= last)
      .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
    const merged: { first: bigint; last: bigint }[] = [];
    for (const { first, last } of sorted) {
      const before = merged.at(-1);
      if (before === undefined || first > before.last + 1n) {
        merged.push({ first, last });
      } else if (last > before.last) {
        before.last = last;
      }
    }
    return merged.length === 0 ? IntervalSet.EMPTY : new IntervalSet(merged);
  }

  public get isEmpty(): boolean {
    return this.intervals.length === 0;
  }

  /** How many numbers are in it. */
  public get size(): bigint {
    return this.intervals.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
  }

  public has(value: bigint): boolean {
    let low = 0;
    let high = this.intervals.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const { first, last } = this.intervals[middle] as Interval;
      if (value < first) {
        high = middle - 1;
      } else if (value > last) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  public union(other: IntervalSet): IntervalSet {
    if (this.isEmpty || other.isEmpty) {
      return this.isEmpty ? other : this;
    }
    return IntervalSet.of([...this.intervals, ...other.intervals]);
  }

  public intersect(other: IntervalSet): IntervalSet {
    const common: Interval[] = [];
    for (let mine = 0, theirs = 0; mine < this.intervals.length && theirs < other.intervals.length;) {
      const a = this.intervals[mine] as Interval;
      const b = other.intervals[theirs] as Interval;
      const first = a.first > b.first ? a.first : b.first;
      const last = a.last < b.last ? a.last : b.last;
      if (first <= last) {
        common.push({ first, last });
      }
      if (a.last < b.last) {
        mine += 1;
      } else {
        theirs += 1;
      }
    }
    return common.length === 0 ? IntervalSet.EMPTY : new IntervalSet(common);
  }

  public subtract(other: IntervalSet): IntervalSet {
    const rest: Interval[] = [];
    let at = 0;
    for (const { first, last } of this.intervals) {
      let from = first;
      while (at < other.intervals.length && (other.intervals[at] as Interval).last < from) {
        at += 1;
      }
      for (let hole = at; hole < other.intervals.length && from <= last; hole += 1) {
        const taken = other.intervals[hole] as Interval;
        if (taken.first > last) {
          break;
        }
        if (taken.first > from) {
          rest.push({ first: from, last: taken.first - 1n });
        }
        from = taken.last + 1n;
      }
      if (from <= last) {
        rest.push({ first: from, last });
      }
    }
    return rest.length === 0 ? IntervalSet.EMPTY : new IntervalSet(rest);
  }

  /** Whether every number of the other set is in this one. */
  public covers(other: IntervalSet): boolean {
    return other.subtract(this).isEmpty;
  }

  public overlaps(other: IntervalSet): boolean {
    return !this.intersect(other).isEmpty;
  }

  public equals(other: IntervalSet): boolean {
    return (
      this.intervals.length === other.intervals.length &&
      this.intervals.every(
        ({ first, last }, index) => first === other.intervals[index]?.first && last === other.intervals[index]?.last,
      )
    );
  }
}
