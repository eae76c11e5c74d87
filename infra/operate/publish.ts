import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { env } from '../../shared/wiring/index.ts';
import { bundle } from '../bundle.ts';
import { oneOf, type ServiceName, type Target } from './target.ts';

/** What the publisher does by hand: the very code of the function, see functions/status/by-hand.ts. */
export interface Publisher {
  savedText(page?: string): Promise<string>;
  publishText(text: string, name: string): Promise<string>;
  rebuild(page?: string): Promise<string>;
}

const root = join(import.meta.dirname, '../..');

/** Runs the publisher on this machine against a system: bundled as the function is, with the settings that it would have there. */
export async function withPublisher<Result>(
  target: Target,
  work: (publisher: Publisher) => Promise<Result>,
): Promise<Result> {
  const into = await mkdtemp(join(tmpdir(), 'publisher-'));
  try {
    Object.assign(process.env, settingsOf(target));
    const folder = (await bundle({ Publisher: 'functions/status/by-hand.ts' }, { root, into })).get(
      'Publisher',
    );
    const file = pathToFileURL(join(folder ?? into, 'Publisher.mjs')).href;
    return await work((await import(file)) as Publisher);
  } finally {
    await rm(into, { recursive: true });
  }
}

function settingsOf(target: Target): Record<string, string> {
  return {
    ...addressOf(target, 's3'),
    ...addressOf(target, 'dynamodb'),
    [env.statusBucket]: oneOf(target, 'AWS::S3::Bucket', 'StatusBucket'),
    [env.table]: oneOf(target, 'AWS::DynamoDB::GlobalTable', 'StoresEventsTable'),
    [env.statusUrl]: (target.outputs.StatusOutput ?? '').replace(/\/$/, ''),
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
