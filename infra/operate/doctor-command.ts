import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { linesOf } from './doctor/finding.ts';
import { doctor } from './doctor.ts';
import { targetArgs, targetUsage } from './target.ts';

const usage = `npm run doctor -- [options]

Looks at everything that a working system needs and says in words what is missing and how to mend it. Changes nothing.

${targetUsage}
  --help             this text`;

const Settings = z.object({ context: z.record(z.string(), z.unknown()) });

/** What a command line asks for. Throws on what it does not know. */
export function doctorLine(args: readonly string[]) {
  const options = { ...targetArgs, help: { type: 'boolean' } } as const;
  const { help = false, ...target } = parseArgs({ args: [...args], options }).values;
  return { help, target };
}

async function run(): Promise<void> {
  const { help, target } = doctorLine(process.argv.slice(2));
  if (help) return void process.stdout.write(`${usage}\n`);
  const file = join(import.meta.dirname, '../../cdk.json');
  const { context } = Settings.parse(JSON.parse(await readFile(file, 'utf8')));
  const agent = process.env.npm_config_user_agent;
  const findings = await doctor({ ...target, context, agent, now: Date.now() });
  for (const line of findings.flatMap(linesOf)) process.stdout.write(`${line}\n`);
  const count = (state: string) => findings.filter((finding) => finding.state === state).length;
  process.stdout.write(`\n${count('missing')} missing, ${count('warn')} to know, ${count('ok')} well\n`);
  if (count('missing') > 0) process.exitCode = 1;
}

if (import.meta.main)
  await run().catch((fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exitCode = 1;
  });
