import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { env } from '../../shared/wiring/index.ts';
import { bundle } from '../bundle.ts';
import { tableOf } from './table-of.ts';
import { oneOf, type ServiceName, type Target } from './target.ts';

/** What the publisher does by hand: the very code of the function, see functions/status/by-hand.ts. */
export interface Publisher {
  savedText(page?: string): Promise<string>;
  publishText(text: string, name: string): Promise<string>;
  rebuild(page?: string): Promise<string>;
}

const root = join(import.meta.dirname, '../..');

/** Runs the publisher on this machine with these settings: bundled as the function is. */
export async function withPublisher<Result>(
  settings: Readonly<Record<string, string>>,
  work: (publisher: Publisher) => Promise<Result>,
): Promise<Result> {
  const into = await mkdtemp(join(tmpdir(), 'publisher-'));
  try {
    Object.assign(process.env, settings);
    const folder = (await bundle({ Publisher: 'functions/status/by-hand.ts' }, { root, into })).get(
      'Publisher',
    );
    const file = pathToFileURL(join(folder ?? into, 'Publisher.mjs')).href;
    return await work((await import(file)) as Publisher);
  } finally {
    await rm(into, { recursive: true });
  }
}

/** A bucket that is known by its name, when nothing else can be asked where it is. */
export interface Bucket {
  readonly bucket: string;
  /** The address of the status site. */
  readonly site: string;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/** The settings of a publisher on a bucket: only S3 will be asked. */
export const settingsOfBucket = ({
  bucket,
  site,
  region,
  profile,
}: Bucket): Readonly<Record<string, string>> => ({
  ...(region !== undefined && { AWS_REGION: region }),
  ...(profile !== undefined && { AWS_PROFILE: profile }),
  [env.statusBucket]: bucket,
  [env.statusUrl]: site.replace(/\/$/, ''),
});

/** The settings of a publisher on a system; its table is looked for only when it is needed. */
export async function settingsOf(
  target: Target,
  { needsTable }: { readonly needsTable: boolean },
): Promise<Readonly<Record<string, string>>> {
  const table = needsTable ? await tableOf(target) : undefined;
  return {
    ...addressOf(target, 's3'),
    ...(needsTable && addressOf(target, 'dynamodb')),
    ...(table !== undefined && { [env.table]: table }),
    [env.statusBucket]: oneOf(target, 'AWS::S3::Bucket', 'StatusBucket'),
    [env.statusUrl]: (target.outputs.StatusOutput ?? '').replace(/\/$/, ''),
    [env.publicUrl]: target.outputs.ApiOutput ?? '',
  };
}

/** Where a service is and who asks, in the variables that AWS SDKs read. */
function addressOf(target: Target, service: ServiceName): Record<string, string> {
  const { region, endpoint, credentials } = target.clientConfig(service);
  return {
    ...(region !== undefined && { AWS_REGION: region }),
    ...(endpoint !== undefined && { [`AWS_ENDPOINT_URL_${service.toUpperCase()}`]: endpoint }),
    ...(credentials && {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    }),
  };
}
