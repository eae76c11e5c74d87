import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Duration, Instant, IntegrationId, OrganisationId } from '../../shared/kernel/index.ts';
import { sha256 } from './random.ts';
import { setting } from './settings.ts';

/** A sender waits for it, so it is tried once. */
const client = new S3Client({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 500, requestTimeout: 900, throwOnRequestTimeout: true },
});

/** A POST as it is kept. */
export interface KeptDelivery {
  readonly receivedAt: Instant;
  readonly status: number;
  readonly reason?: string;
  readonly body: string;
  readonly cut: boolean;
}

/** Those that were taken and those that were refused lie apart, so that many of the ones hide none of the others. */
export const outcomes = ['taken', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

interface Place {
  readonly org: OrganisationId;
  readonly integration: IntegrationId;
  readonly outcome: Outcome;
}

const folderOf = ({ org, integration, outcome }: Place): string => `${org}/${integration}/${outcome}/`;

/** Beyond every instant of the coming centuries: what is left of it sorts the newest first, as S3 lists from the start. */
const END = 9_999_999_999_999;

/** Keeps a delivery, if it can be done within this time. */
export async function writeDelivery(
  place: Place,
  receipt: string,
  delivery: KeptDelivery,
  within: Duration,
): Promise<void> {
  const name = `${String(END - delivery.receivedAt).padStart(13, '0')}-${sha256(receipt).slice(0, 16)}`;
  const command = new PutObjectCommand({
    Bucket: setting('deliveryBucket'),
    Key: `${folderOf(place)}${name}`,
    Body: JSON.stringify(delivery),
    ContentType: 'application/json',
  });
  await client.send(command, { abortSignal: AbortSignal.timeout(within) });
}

/** The newest deliveries of one outcome, the newest first. */
export async function latestDeliveries(place: Place, most: number): Promise<readonly KeptDelivery[]> {
  const Bucket = setting('deliveryBucket');
  const { Contents = [] } = await client.send(
    new ListObjectsV2Command({ Bucket, Prefix: folderOf(place), MaxKeys: most }),
  );
  const read = await Promise.all(Contents.map(({ Key }) => readDelivery(Bucket, Key)));
  return read.filter((one) => one !== undefined);
}

async function readDelivery(Bucket: string, Key: string | undefined): Promise<KeptDelivery | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse((await Body?.transformToString('utf-8')) ?? 'null') ?? undefined;
  } catch (error) {
    // Its week ended between the list and this.
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
