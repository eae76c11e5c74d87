import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import type { Bundles } from '../../infra/bundle.ts';
import { contextFiles } from '../../infra/cdk-context.ts';
import { parseSettings } from '../../infra/config.ts';
import { localOnly } from '../../infra/placeholders.ts';
import { settingsGiven } from '../../infra/settings-file.ts';
import { IncidentManagement } from '../../infra/stack.ts';
import { functions, type Route, routes } from '../../shared/wiring/index.ts';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  DependsOn: z.array(z.string()).optional(),
});

/** A resource of a template, with its logical id. */
export type Declared = z.infer<typeof Resource> & { readonly id: string };

const Statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const Policy = z.looseObject({ PolicyDocument: z.looseObject({ Statement: z.array(Statement) }) });

/** A statement of a policy, as the template has it. */
export type Statement = z.infer<typeof Statement>;

const Body = z.looseObject({ Resources: z.record(z.string(), Resource) });

/** The stack of this project on sample code and pages, and what it synthesizes to. */
export interface Synthesized {
  readonly app: App;
  readonly stack: IncidentManagement;
  readonly resources: readonly Declared[];
  ofType(type: string): readonly Declared[];
  /** What the policies of a role say, the inline ones and those that are attached. */
  readonly statementsOf: (role: Declared) => readonly Statement[];
}

/** The example settings, and the flags of cdk.json under which the CDK decides. */
export function contextOfProject(): Readonly<Record<string, unknown>> {
  const root = join(import.meta.dirname, '../..');
  const files = contextFiles(root);
  return settingsGiven({ ...files[0]?.values, [localOnly]: true }, root, files).values;
}

export interface Options {
  /** Added to the example settings. */
  readonly context?: Record<string, unknown>;
  readonly routes?: readonly Route[];
  /** Runs the CDK's own rules over the template, which takes seconds. */
  readonly validate?: boolean;
}

/** The same for those who only read it. */
export type Made = Omit<Synthesized, 'app' | 'stack'> & {
  readonly stack: Pick<IncidentManagement, 'stackName' | 'terminationProtection'>;
};

const made = new Map<string, Made>();

/** The stack with these settings beside the examples, for tests that only read it: all of a process share it. */
export function synthesized(context: Record<string, unknown> = {}): Made {
  const key = JSON.stringify(context);
  const known = made.get(key);
  if (known !== undefined) return known;
  const { stack, resources, ofType, statementsOf } = synthesize({ context });
  const own = { stack, resources: frozen(resources), ofType, statementsOf };
  made.set(key, own);
  return own;
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** Builds and synthesizes the stack with a tiny bundle per function; the template does not depend on their code. */
export function synthesize(options: Options = {}): Synthesized {
  const context = { ...contextOfProject(), ...options.context };
  const folder = mkdtempSync(join(tmpdir(), 'sample-'));
  try {
    const app = new App({
      context,
      outdir: join(folder, 'cdk.out'),
      builtinCloudFormationValidation: options.validate ?? false,
    });
    const settings = parseSettings(context);
    const stack = new IncidentManagement(app, settings.stackName, {
      settings,
      bundles: sampleBundles(folder),
      sites: { console: samplePages(folder, 'console'), status: samplePages(folder, 'status') },
      routes: options.routes ?? routes,
    });
    const body = Body.parse(Template.fromStack(stack).toJSON());
    const resources = Object.entries(body.Resources).map(([id, resource]) => ({ ...resource, id }));
    const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
    const policies = ofType('AWS::IAM::Policy');
    return { app, stack, resources, ofType, statementsOf: (role) => statementsOf(role, policies) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function statementsOf(
  { id, Properties: own }: Declared,
  policies: readonly Declared[],
): readonly Statement[] {
  const attached = policies.filter(({ Properties: { Roles } }) => references(Roles).includes(id));
  const all = [own.Policies ?? [], attached.map(({ Properties }) => Properties)].flat();
  return z
    .array(Policy)
    .parse(all)
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function sampleBundles(folder: string): Bundles {
  const pairs = Object.keys(functions).map((name) => {
    const bundle = join(folder, name);
    mkdirSync(bundle);
    writeFileSync(join(bundle, `${name}.mjs`), `export const handler = async () => '${name}';\n`);
    return [name, bundle] as const;
  });
  return new Map(pairs);
}

function samplePages(folder: string, name: string): string {
  const site = join(folder, `site-${name}`);
  mkdirSync(join(site, 'assets'), { recursive: true });
  writeFileSync(join(site, 'index.html'), `<!doctype html><title>${name}</title>\n`);
  writeFileSync(join(site, 'assets', `${name}.js`), '\n');
  return site;
}

/** The logical ids that a value refers to, in order of appearance. */
export function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === 'Ref') return [String(part)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(part) ? part[0] : part)];
    return references(part);
  });
}

/** The text of a value with each reference as `<logical id>`. */
export function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const entry = Object.entries(value)[0];
  if (entry?.[0] === 'Fn::Join' && Array.isArray(entry[1])) {
    const [separator, parts] = entry[1] as [string, unknown[]];
    return parts.map(text).join(separator);
  }
  return `<${references(value).join(' ') || JSON.stringify(value)}>`;
}
