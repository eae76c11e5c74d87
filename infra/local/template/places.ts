import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { TemplateBody } from './assembly.ts';

const Metadata = z.record(z.string(), z.array(z.looseObject({ type: z.string(), data: z.unknown() })));
type Entries = z.infer<typeof Metadata>[string];

/**
 * Where each resource of a template is declared, in words: `AWS::SQS::Queue Work0123 (Sample/Work/Resource, infra/app.ts:38)`.
 *
 * @param metadata what the CDK keeps of each construct, by construct path; read only when somebody asks
 */
export function placesOf(
  { Resources }: Pick<TemplateBody, 'Resources'>,
  metadata: () => unknown,
): (id: string) => string {
  let paths: ReadonlyMap<string, readonly [path: string, entries: Entries]> | undefined;
  return (id) => {
    paths ??= byLogicalId(metadata());
    const [path, entries = []] = paths.get(id) ?? [Resources[id]?.Metadata?.['aws:cdk:path']];
    const at = [typeof path === 'string' ? path : undefined, lineIn(entries)].filter(
      (one) => one !== undefined,
    );
    return `${Resources[id]?.Type ?? 'Resource'} ${id} (${at.join(', ') || 'no construct path'})`;
  };
}

function byLogicalId(metadata: unknown): ReadonlyMap<string, readonly [string, Entries]> {
  const known = Metadata.safeParse(metadata ?? {});
  if (!known.success) return new Map();
  return new Map(
    Object.entries(known.data).flatMap(([path, entries]) =>
      entries
        .filter(({ type }) => type === 'aws:cdk:logicalId')
        .map(({ data }) => [String(data), [path.replace(/^\//, ''), entries]] as const),
    ),
  );
}

const frame = /(file:\/\/[^\s()]+?):(\d+)/;

/** The line of the app that made a construct: the innermost one that is not the CDK's own. */
function lineIn(entries: Entries): string | undefined {
  const stacks = entries.filter(({ type }) => type === 'aws:cdk:creationStack').map(({ data }) => data);
  for (const line of stacks.flat().map(String)) {
    const [, url, number] = frame.exec(line) ?? [];
    if (url === undefined || url.includes('/node_modules/')) continue;
    return `${relative(process.cwd(), fileURLToPath(url))}:${number}`;
  }
  return undefined;
}
