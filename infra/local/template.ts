import { customResourceFunction, ignored } from './ignored.ts';
import { unknownProperties } from './known-properties.ts';
import type { Declared, Identity, Resource, ResourceKind, World } from './resource.ts';
import { type Assembly, readAssembly } from './template/assembly.ts';
import { resolve, resolvePartly, type Scope, truth } from './template/intrinsics.ts';
import { scopeOf, withoutResources } from './template/scope.ts';
import { type AddressPair, translator } from './template/translate.ts';

/** A declared resource that runs locally, with its kind and its identity. */
export interface Known {
  readonly declared: Declared;
  readonly kind: ResourceKind;
  readonly identity: Identity;
}

/** A resource of the template of which nothing runs locally. */
export interface Skipped {
  readonly id: string;
  readonly type: string;
  readonly reason: string;
}

/** A template whose resources are all known and identified, but not yet resolved. */
export interface Template {
  readonly stackName: string;
  readonly account: World['account'];
  readonly known: readonly Known[];
  readonly skipped: readonly Skipped[];
  /** Resolves every property and output, then replaces AWS addresses by local ones. */
  resolve(pairs: readonly AddressPair[]): {
    resources: readonly Resource[];
    outputs: Readonly<Record<string, string>>;
  };
  /** Where a resource is declared: type, logical id, construct path and, if known, the line of the source. */
  place(id: string): string;
  /** The folder or file of an asset, by object key or hash. */
  asset(objectKey: string): string;
}

/** Reads a synthesized stack; refuses, naming each, when it declares a type that nobody here knows. */
export function loadTemplate(folder: string, kinds: readonly ResourceKind[]): Template {
  const assembly = readAssembly(folder);
  const account = { id: '000000000000', region: assembly.region, suffix: 'amazonaws.com' };
  const byType = new Map(kinds.map((kind) => [kind.type, kind]));
  const identities = new Map<string, Identity>();
  const scope = scopeOf(assembly, account, identities);
  const { known, skipped, unknown } = sort(assembly, account, byType, scope);
  if (unknown.length > 0) {
    throw new Error(
      `The local runner does not know these resources and refuses to start:\n  ${unknown.join('\n  ')}`,
    );
  }
  for (const { declared, identity } of known) identities.set(declared.id, identity);
  return {
    stackName: assembly.stackName,
    account,
    known,
    skipped,
    place: assembly.place,
    resolve: (pairs) => resolveAll(assembly, known, scope, translator(pairs)),
    asset(objectKey) {
      const path = assembly.assets.get(objectKey);
      if (path === undefined) throw new Error(`The cloud assembly has no asset ${objectKey}`);
      return path;
    },
  };
}

function sort(
  assembly: Assembly,
  account: World['account'],
  byType: ReadonlyMap<string, ResourceKind>,
  scope: Scope,
): { known: Known[]; skipped: Skipped[]; unknown: string[] } {
  const known: Known[] = [];
  const skipped: Skipped[] = [];
  const unknown: string[] = [];
  const deploymentOnly = customResourceFunctions(assembly);
  const early = withoutResources(scope, assembly);
  for (const [id, raw] of Object.entries(assembly.body.Resources)) {
    if (!isWanted(raw.Condition, scope, () => assembly.place(id))) continue;
    const properties = resolvePartly(raw.Properties, early) as Record<string, unknown>;
    const declared: Declared = { id, type: raw.Type, properties };
    const kind = byType.get(raw.Type);
    const reason = deploymentOnly.has(id)
      ? customResourceFunction
      : kind === undefined
        ? ignored[raw.Type]
        : undefined;
    if (reason !== undefined) skipped.push({ id, type: raw.Type, reason });
    else if (kind !== undefined) {
      known.push({ declared, kind, identity: kind.identity(declared, account) });
      const strange = unknownProperties(raw.Type, Object.keys(raw.Properties));
      unknown.push(...strange.map((name) => `property ${name} of ${assembly.place(id)}`));
    } else unknown.push(assembly.place(id));
  }
  return { known, skipped, unknown };
}

function isWanted(condition: string | undefined, scope: Scope, place: () => string): boolean {
  try {
    return condition === undefined || truth(scope.condition(condition), scope);
  } catch (error) {
    throw new Error(`${place()} has a condition: ${(error as Error).message}`, { cause: error });
  }
}

function customResourceFunctions({ body }: Assembly): Set<string> {
  const tokens = Object.values(body.Resources).map(
    (raw) => raw.Properties.ServiceToken as { 'Fn::GetAtt'?: unknown } | undefined,
  );
  return new Set(
    tokens.flatMap((token) => (Array.isArray(token?.['Fn::GetAtt']) ? String(token['Fn::GetAtt'][0]) : [])),
  );
}

function resolveAll(
  { body, place }: Assembly,
  known: readonly Known[],
  scope: Scope,
  translate: ReturnType<typeof translator>,
): ReturnType<Template['resolve']> {
  const resources = known.map(({ declared: { id, type, properties }, identity }) => {
    try {
      return {
        id,
        type,
        identity: translate(identity),
        properties: translate(resolve(properties, scope)) as Record<string, unknown>,
      };
    } catch (error) {
      throw new Error(`${place(id)} cannot be resolved: ${(error as Error).message}`, { cause: error });
    }
  });
  const outputs = Object.entries(body.Outputs).map(([name, { Value }]) => [
    name,
    String(translate(resolve(Value, scope))),
  ]);
  return { resources, outputs: Object.fromEntries(outputs) };
}
