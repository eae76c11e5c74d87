import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Resource, World } from '../resource.ts';
import { mediaType } from './media-types.ts';

/** Properties of a bucket deployment, as the CDK writes them. */
export interface DeploymentProperties {
  readonly SourceObjectKeys: readonly string[];
  readonly SourceMarkers?: readonly Readonly<Record<string, string>>[];
  readonly SourceMarkersConfig?: readonly { readonly jsonEscape?: boolean | string }[];
  readonly DestinationBucketName: string;
  readonly DestinationBucketKeyPrefix?: string;
  readonly Prune?: boolean | string;
  readonly Extract?: boolean | string;
  readonly Exclude?: readonly string[];
  readonly SystemMetadata?: Readonly<Record<string, string>>;
  readonly UserMetadata?: Readonly<Record<string, string>>;
}

/** Puts the files of the assets into the bucket, markers replaced. Throws when the deployment would delete or skip files. */
export async function deploy(
  { id, properties }: Resource<Partial<DeploymentProperties>>,
  world: World,
): Promise<void> {
  const {
    SourceObjectKeys = [],
    SourceMarkers = [],
    SourceMarkersConfig = [],
    Prune = true,
    Extract = true,
    Exclude = [],
  } = properties;
  if (isTrue(Prune))
    throw new Error(
      `${id}: set prune: false; pruning would delete what was written to the bucket at run time`,
    );
  if (!isTrue(Extract) || Exclude.length > 0)
    throw new Error(`${id}: the local deployment always extracts, and excludes nothing`);
  const prefix = (properties.DestinationBucketKeyPrefix ?? '').replace(/\/$/, '');
  for (const [at, key] of SourceObjectKeys.entries()) {
    const folder = world.asset(key);
    const markers = markersOf(SourceMarkers[at] ?? {}, isTrue(SourceMarkersConfig[at]?.jsonEscape));
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    await Promise.all(
      names.map(async (name) => {
        const target = [prefix, relative(folder, name).split(sep).join('/')].filter(Boolean).join('/');
        await put(
          world,
          properties.DestinationBucketName ?? '',
          target,
          replaced(await readFile(name), markers, world),
          headersOf(name, properties),
        );
      }),
    );
  }
}

const isTrue = (value: boolean | string | undefined) => value === true || value === 'true';

type Markers = readonly (readonly [marker: string, value: string])[];

/** Inside JSON a value must be written as the inside of a JSON string. */
function markersOf(markers: Readonly<Record<string, string>>, jsonEscape: boolean): Markers {
  return Object.entries(markers).map(([marker, value]) => [
    marker,
    jsonEscape ? JSON.stringify(value).slice(1, -1) : value,
  ]);
}

function replaced(content: Buffer, markers: Markers, world: World): Buffer {
  const present = markers.filter(([marker]) => content.includes(marker));
  if (present.length === 0) return content;
  const whole = content.toString('utf8');
  const text = present.reduce((done, [marker, value]) => done.replaceAll(marker, () => value), whole);
  // An address stands there whole only now: id, region and suffix come as markers of their own.
  return Buffer.from(world.translate(text));
}

function headersOf(
  name: string,
  { SystemMetadata = {}, UserMetadata = {} }: Partial<DeploymentProperties>,
): Record<string, string> {
  const own = Object.entries(UserMetadata).map(([key, value]) => [
    `x-amz-meta-${key.replace(/^x-amz-meta-/, '')}`,
    value,
  ]);
  return { 'content-type': mediaType(name), ...SystemMetadata, ...Object.fromEntries(own) };
}

async function put(
  world: World,
  bucket: string,
  key: string,
  body: Buffer,
  headers: Record<string, string>,
): Promise<void> {
  const url = `${world.engines.s3}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const response = await fetch(url, { method: 'PUT', body: new Uint8Array(body), headers });
  if (!response.ok)
    throw new Error(`putting ${key} into ${bucket}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}
