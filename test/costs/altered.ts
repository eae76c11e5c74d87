import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A resource as it stands in the template. */
export interface Standing {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/**
 * A cloud assembly like this one, in which every resource that `which` tells has other properties as well; throws when there is
 * none. It lies in a folder of its own until it is removed.
 */
export async function altered(
  assembly: string,
  which: (resource: Standing) => boolean,
  properties: Readonly<Record<string, unknown>>,
): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'altered-'));
  for (const name of await readdir(assembly)) {
    const path = join(resolve(assembly), name);
    if (name.endsWith('.template.json'))
      await writeFile(join(folder, name), alteredText(await readFile(path, 'utf8'), which, properties));
    else await symlink(path, join(folder, name));
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

function alteredText(
  text: string,
  which: (resource: Standing) => boolean,
  properties: Readonly<Record<string, unknown>>,
): string {
  const body = JSON.parse(text) as { readonly Resources: Readonly<Record<string, Standing>> };
  const all = Object.entries(body.Resources);
  if (!all.some(([, resource]) => which(resource)))
    throw new Error('The template has nothing that is to be altered');
  const resources = all.map(([id, resource]) => [
    id,
    which(resource) ? { ...resource, Properties: { ...resource.Properties, ...properties } } : resource,
  ]);
  return JSON.stringify({ ...body, Resources: Object.fromEntries(resources) });
}
