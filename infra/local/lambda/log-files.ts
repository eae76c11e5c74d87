import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

/** One log file per function. */
export interface LogFiles {
  write(name: string, text: string): void;
  stop(): Promise<void>;
}

/** Appends to `<folder>/<function>.log`; a file is made when its function first says something. */
export function createLogFiles(folder: string): LogFiles {
  const files = new Map<string, WriteStream>();
  return {
    write(name, text) {
      let file = files.get(name);
      if (file === undefined) {
        mkdirSync(folder, { recursive: true });
        file = createWriteStream(join(folder, `${name}.log`), { flags: 'a' });
        // A full disk must not end the system that it wants to tell about.
        file.on('error', (error) =>
          process.stderr.write(`The log of ${name} cannot be written: ${error.message}\n`),
        );
        files.set(name, file);
      }
      file.write(text);
    },
    async stop() {
      await Promise.allSettled(
        [...files.values()].map((file) => {
          file.end();
          return finished(file);
        }),
      );
    },
  };
}
