import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runCommand } from '../local/cli/run-command.ts';
import { WrongLine } from '../local/cli/wrong-line.ts';
import { type Bucket, settingsOf, settingsOfBucket, withPublisher } from './publish.ts';
import { findTarget, type TargetOptions, targetArgs, targetUsage } from './target.ts';

const usage = `npm run publish -- [state.json] [options]

Publishes a status page from a file, with nothing but the bucket of the status site: what the bucket keeps and is newer stays.
See docs/operating.md#publish-a-status-page-by-hand.

  --save <file>      write what was published last into a file, to be changed and published
  --rebuild          make the page anew from the facts in the table, whatever the bucket keeps
  --page <id>        the page to save or rebuild (default: the one at the root of the status site)
  --bucket <name>    the bucket of the status site, when CloudFormation cannot be asked for it either; in place of --stack
  --site <url>       the address of the status site, beside --bucket
${targetUsage}
  --help             this text`;

/** What a command line asks for. Throws an error that says what was got and what is allowed. */
export function publishLine(args: readonly string[]) {
  const options = {
    ...targetArgs,
    save: { type: 'string' },
    rebuild: { type: 'boolean' },
    page: { type: 'string' },
    bucket: { type: 'string' },
    site: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { help = false, rebuild = false, save, page, bucket, site, ...target } = values;
  const [file, ...others] = positionals;
  if (others.length > 0) throw new WrongLine(`Got "${positionals.join(' ')}"; allowed is one file.`);
  const ways = [file, save, rebuild || undefined].filter((way) => way !== undefined);
  if (!help && ways.length !== 1)
    throw new WrongLine(
      `Got ${ways.length === 0 ? 'nothing to publish' : 'several things to do'}; allowed is one of a file, --save and --rebuild.`,
    );
  if (page !== undefined && file !== undefined)
    throw new WrongLine(`Got --page ${page} beside ${file}, which names its own page.`);
  return {
    help,
    file,
    save,
    rebuild,
    page,
    target,
    ...(bucket !== undefined && bucketIn({ ...values, bucket })),
  };
}

type Named = Pick<TargetOptions, 'stack' | 'data' | 'region' | 'profile'> & {
  readonly bucket: string;
  readonly site?: string;
  readonly rebuild?: boolean;
};

/** A bucket that the line names itself. Throws when it says where to look for it too, or asks for what is not in it. */
function bucketIn({ bucket, site, stack, data, rebuild, ...rest }: Named): { readonly bucket: Bucket } {
  const other = stack ?? data;
  if (other !== undefined)
    throw new WrongLine(`Got --bucket ${bucket} beside ${other}. Name the bucket or the system, not both.`);
  if (rebuild)
    throw new WrongLine(
      `Got --rebuild beside --bucket ${bucket}; the facts are in the table, so name the system.`,
    );
  if (site === undefined)
    throw new WrongLine('Got --bucket without --site, the address at which its pages are read.');
  return { bucket: { bucket, site, region: rest.region, profile: rest.profile } };
}

async function run(args: readonly string[]): Promise<void> {
  const { help, file, save, page, rebuild, bucket, ...line } = publishLine(args);
  if (help) return tell(usage);
  const text = file === undefined ? undefined : await textOf(file);
  const settings =
    bucket === undefined
      ? await settingsOf(await findTarget(line.target), { needsTable: rebuild })
      : settingsOfBucket(bucket);
  await withPublisher(settings, async (publisher) => {
    if (save !== undefined) {
      await writeFile(save, await publisher.savedText(page), { mode: 0o600 });
      return tell(`Saved ${save}. It tells what is internal too.`);
    }
    const address =
      text === undefined ? await publisher.rebuild(page) : await publisher.publishText(text, `${file}`);
    tell(`Published ${address}`);
  });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) await runCommand(usage, run);
