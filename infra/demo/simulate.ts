import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../local/cli/run-command.ts';
import { WrongLine } from '../local/cli/wrong-line.ts';
import { readAddresses } from './addresses.ts';
import { apiClient, UnexpectedAnswer } from './api-client.ts';
import { outage } from './outage.ts';
import { play } from './play.ts';

const usage = `npm run simulate -- [options]

Plays an outage through the webhooks, and publishes on the status page what the system proposes to tell.

  --speed <number>   how many times faster than real time (default 20; 1 takes as long as the outage did)
  --data <folder>    where npm start keeps its data (default .local)
  --help             this text`;

const options = {
  speed: { type: 'string', default: '20' },
  data: { type: 'string', default: '.local' },
  help: { type: 'boolean', default: false },
} as const;

async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const speed = Number(values.speed);
  if (!(speed > 0)) throw new WrongLine(`--speed must be a number above 0, got ${values.speed}`);
  const addresses = await readAddresses(resolve(values.data));
  if (!addresses) {
    throw new Error(
      `Nothing was ever started on ${resolve(values.data)}. Start it first: npm start; if it runs on another folder, say which: npm run simulate -- --data <folder>`,
    );
  }
  const call = apiClient(addresses.api, addresses.token);
  await call('GET', '/api/me').catch((fault: unknown) => {
    if (fault instanceof UnexpectedAnswer) throw fault;
    throw new Error(`Nothing answers at ${addresses.api}. Start it first: npm start`, { cause: fault });
  });
  await play(outage(addresses), { speed, addresses, call });
}

await runCommand(usage, run);
