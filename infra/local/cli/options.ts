import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { WrongLine } from './wrong-line.ts';

/** What the command line asks for. */
export interface RunOptions {
  readonly port: number;
  readonly data: string;
  readonly fresh: boolean;
  readonly watch: boolean;
  /** A file of settings, which must be there. */
  readonly settings?: string;
  readonly seed?: number;
  readonly help: boolean;
}

/** How the command is used. */
export const usage = `npm start -- [options]

  --port <number>   port of the API; the other addresses follow it (default 4000, 0 for any), but the sign-in keeps the first one
  --data <folder>   what survives a restart lies there (default .local)
  --settings <file> settings that go before those of settings.example.json (default settings.local.json, if it is there)
  --fresh           forget what an earlier run left
  --seed <number>   repeat the order in which queues and streams came in an earlier run, which printed it
  --watch           start again when the code changes
  --help            this text`;

/** Reads the arguments of the command line; folders are relative to `root`. */
export function parseOptions(args: readonly string[], root: string): RunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '4000' },
      data: { type: 'string', default: '.local' },
      fresh: { type: 'boolean', default: false },
      settings: { type: 'string' },
      seed: { type: 'string' },
      watch: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new WrongLine(`--port must be a whole number from 0 to 65535, got ${values.port}`);
  }
  const { seed: given, settings, ...rest } = values;
  const seed = given === undefined ? undefined : Number(given);
  if (seed !== undefined && !Number.isInteger(seed))
    throw new WrongLine(`--seed must be a whole number, got ${given}`);
  return {
    ...rest,
    ...{ port, data: resolve(root, values.data) },
    ...(settings !== undefined && { settings }),
    ...(seed !== undefined && { seed }),
  };
}
