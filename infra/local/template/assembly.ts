import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { placesOf } from './places.ts';

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      environment: z.string().optional(),
      additionalMetadataFile: z.string().optional(),
      metadata: z.unknown().optional(),
      properties: z
        .looseObject({ templateFile: z.string().optional(), file: z.string().optional() })
        .optional(),
    }),
  ),
});

const Assets = z.object({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string().optional(), packaging: z.string().optional() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

const Body = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      Condition: z.string().optional(),
      Metadata: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.unknown()).default({}),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
});

/** A CloudFormation template as it stands in the file. */
export type TemplateBody = z.infer<typeof Body>;

/** What one synthesized stack needs to be started. */
export interface Assembly {
  readonly stackName: string;
  readonly region: string;
  readonly body: TemplateBody;
  /** Folder or file of each asset by object key (`<hash>.zip`) and by hash. */
  readonly assets: ReadonlyMap<string, string>;
  /** Where a resource is declared. */
  readonly place: (id: string) => string;
}

/** Reads the cloud assembly (`cdk.out`) of an app with exactly one stack. */
export function readAssembly(folder: string): Assembly {
  const manifestFile = join(folder, 'manifest.json');
  if (!existsSync(manifestFile)) {
    throw new Error(`No cloud assembly in ${folder}: synthesize the app first (cdk synth)`);
  }
  const { artifacts } = Manifest.parse(readJson(manifestFile));
  const stacks = Object.entries(artifacts).filter(([, one]) => one.type === 'aws:cloudformation:stack');
  const [only] = stacks;
  if (only === undefined || stacks.length > 1) {
    throw new Error(
      `The local runner starts one stack, got ${stacks.map(([name]) => name).join(', ') || 'none'}`,
    );
  }
  const [stackName, stack] = only;
  const region = /^aws:\/\/[^/]+\/([a-z0-9-]+)$/.exec(stack.environment ?? '')?.[1];
  const body = Body.parse(
    readJson(join(folder, stack.properties?.templateFile ?? `${stackName}.template.json`)),
  );
  const { additionalMetadataFile: more, metadata } = stack;
  return {
    stackName,
    region: region === undefined || region === 'unknown-region' ? 'us-east-1' : region,
    body,
    place: placesOf(body, () => (more === undefined ? metadata : readJson(join(folder, more)))),
    assets: readAssets(
      folder,
      Object.values(artifacts).flatMap((one) =>
        one.type === 'cdk:asset-manifest' ? (one.properties?.file ?? []) : [],
      ),
    ),
  };
}

function readAssets(folder: string, files: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of files) {
    for (const [hash, asset] of Object.entries(Assets.parse(readJson(join(folder, file))).files)) {
      if (asset.source.path === undefined) continue;
      const path = join(folder, asset.source.path);
      found.set(hash, path);
      for (const destination of Object.values(asset.destinations)) found.set(destination.objectKey, path);
    }
  }
  return found;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
