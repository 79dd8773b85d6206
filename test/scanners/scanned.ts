import { MissingScannerError } from './missing-scanner-error';
import { REFUSED } from './finding';
import type { FindingsByFile, Scanner } from './scanner';

/** What a scanner finds in files. Where it fails, in halves of them: a file that makes it fail alone is one that it refuses. */
export function scanned(scanner: Scanner, files: readonly string[]): FindingsByFile {
  if (files.length === 0) return new Map();
  if (files.length > scanner.batch)
    return halves(scanner, files, Math.ceil(files.length / scanner.batch / 2) * scanner.batch);
  try {
    const found = scanner.scan(files);
    return new Map(files.map((file) => [file, found.get(file) ?? []]));
  } catch (error) {
    if (error instanceof MissingScannerError) throw error;
    if (files.length > 1) return halves(scanner, files, Math.ceil(files.length / 2));
    return new Map(files.map((file) => [file, [{ tool: scanner.name, rule: REFUSED, resource: '' }]]));
  }
}

function halves(scanner: Scanner, files: readonly string[], at: number): FindingsByFile {
  return new Map([...scanned(scanner, files.slice(0, at)), ...scanned(scanner, files.slice(at))]);
}
