import { execFileSync } from 'node:child_process';
import { chownSync, closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';

/** More than any run writes; a container that writes without end loses its oldest lines. */
const LIMIT_CHARACTERS = 32 * 1024 * 1024;

/**
 * What a container writes to stdout and stderr. A named pipe, because servers open `/dev/stdout` by name, which a socket refuses
 * and which would empty a file; the container's user owns it, as container runtimes arrange for theirs.
 */
export class ContainerLog {
  /** To hand to the process as its stdout and stderr. */
  public readonly fd: number;
  private readonly reader: Socket;
  private text = '';

  public constructor(path: string, owner: { readonly uid: number; readonly gid: number } | undefined) {
    execFileSync('mkfifo', ['--mode=600', path]);
    if (owner !== undefined) {
      chownSync(path, owner.uid, owner.gid);
    }
    // The reader first: a pipe without one does not open for writing.
    this.reader = new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), writable: false });
    this.fd = openSync(path, constants.O_WRONLY);
    this.reader.setEncoding('utf8').on('data', (chunk: string) => {
      this.text += chunk;
      // Cutting copies all of it, so it is done seldom.
      if (this.text.length > 2 * LIMIT_CHARACTERS) {
        this.text = this.text.slice(-LIMIT_CHARACTERS);
      }
    });
    this.reader.on('error', () => undefined);
  }

  /** Everything so far. */
  public read(): string {
    return this.text;
  }

  /** Lets the pipe end with its last writer; resolves when all has been read. */
  public async close(): Promise<void> {
    closeSync(this.fd);
    await new Promise((settle) => this.reader.once('close', settle));
  }
}
