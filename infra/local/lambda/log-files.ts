import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

/** One log file per function. */
export interface LogFiles {
  write(name: string, text: string): void;
  stop(): Promise<void>;
}

const toStderr = (text: string): void => void process.stderr.write(`${text}\n`);

/**
 * Appends to `<folder>/<function>.log`; a file is made when its function first says something. A full disk must not end the system
 * that it wants to tell about: what cannot be written is lost, which is told once, and the file is opened anew for what comes next.
 */
export function createLogFiles(folder: string, tell = toStderr): LogFiles {
  const files = new Map<string, WriteStream>();
  const told = new Set<string>();
  const complain = (name: string, error: unknown): void => {
    if (!told.has(name)) tell(`The log of ${name} cannot be written: ${(error as Error).message}`);
    told.add(name);
  };
  const open = (name: string): WriteStream => {
    mkdirSync(folder, { recursive: true });
    const file = createWriteStream(join(folder, `${name}.log`), { flags: 'a' });
    file.on('error', (error) => {
      if (files.get(name) === file) files.delete(name);
      complain(name, error);
    });
    files.set(name, file);
    return file;
  };
  return {
    write(name, text) {
      try {
        const file = files.get(name) ?? open(name);
        file.write(text, (error) => {
          if (!error) told.delete(name);
        });
      } catch (error) {
        complain(name, error);
      }
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
