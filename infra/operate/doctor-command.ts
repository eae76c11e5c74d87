import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contextFiles, contextOfLine, mergedContext } from '../cdk-context.ts';
import { runCommand } from '../local/cli/run-command.ts';
import { WrongLine } from '../local/cli/wrong-line.ts';
import { settingsGiven } from '../settings-file.ts';
import { linesOf } from './doctor/finding.ts';
import { doctor } from './doctor.ts';
import { checkTarget, targetArgs, targetUsage } from './target.ts';

const usage = `npm run doctor -- [options]

Looks at everything that a working system needs and says in words what is missing and how to mend it. Changes nothing.

Settings are read as npx cdk deploy reads them, from: -c, the context in cdk.json, cdk.context.json, the context in ~/.cdk.json,
settings.json (or the file that -c settings=<file> names). What an earlier one says holds.

${targetUsage}
  -c, --context <name=value>  a setting, as you give it to npx cdk deploy; may come more than once
  --help             this text`;

/** What a command line asks for. Throws on what it does not know. */
export function doctorLine(args: readonly string[]) {
  const options = {
    ...targetArgs,
    context: { type: 'string', short: 'c', multiple: true },
    help: { type: 'boolean' },
  } as const;
  const { help = false, context = [], ...target } = parseArgs({ args: [...args], options }).values;
  checkTarget(target);
  if (context.length > 0 && target.stack === undefined)
    throw new WrongLine(
      'Got -c without --stack. It is a setting of a deployment in AWS; add --stack <name>.',
    );
  return { help, target, context: contextOfLine(context) };
}

async function run(args: readonly string[]): Promise<void> {
  const { help, target, context } = doctorLine(args);
  if (help) return void process.stdout.write(`${usage}\n`);
  const root = join(import.meta.dirname, '../..');
  const files = contextFiles(root);
  const settings = () => settingsGiven(mergedContext(context, files), root, files);
  const agent = process.env.npm_config_user_agent;
  const findings = await doctor({ ...target, settings, agent, now: Date.now() });
  for (const line of findings.flatMap(linesOf)) process.stdout.write(`${line}\n`);
  const count = (state: string) => findings.filter((finding) => finding.state === state).length;
  process.stdout.write(`\n${count('missing')} missing, ${count('warn')} to know, ${count('ok')} well\n`);
  if (count('missing') > 0) process.exitCode = 1;
}

if (import.meta.main) await runCommand(usage, run);
