import { edges, placeOf } from './place.ts';
import type { Source } from './source.ts';

const base = ['kernel', 'api'];
const core = [...base, 'alerts', 'incidents'];
const work = ['detection', 'on-call', 'war-room', 'runbooks', 'timeline'];
const views = ['status', 'metrics', 'postmortems'];

/** What each folder of shared/ may import. Siblings are missing from each other's list on purpose. */
export const allowed: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  api: ['kernel'],
  table: ['kernel'],
  wiring: ['kernel'],
  identity: base,
  alerts: base,
  incidents: [...base, 'alerts'],
  ...Object.fromEntries(work.map((name) => [name, core])),
  ...Object.fromEntries(views.map((name) => [name, [...core, ...work]])),
  operations: core,
  configuration: [...core, 'detection', 'on-call', 'war-room', 'runbooks', 'identity', 'postmortems'],
};

/** Trees that may open a single file of shared/: tests look inside, and a browser should load only what it shows. */
const inside = ['test', 'frontend'];

/** R3: between capabilities imports go one way, in shared/ and in functions/, and through index.ts (or a capability's api.ts). */
export function oneDirection(sources: readonly Source[]): readonly string[] {
  return [...strangers(sources), ...sources.flatMap(wrongWay)];
}

function strangers(sources: readonly Source[]): readonly string[] {
  const folders = sources.map(({ path }) => placeOf(path)).filter(({ tree }) => tree === 'shared');
  const names = new Set(folders.map(({ folder }) => folder));
  return [...names]
    .filter((name) => !Object.hasOwn(allowed, name))
    .map((name) =>
      name === ''
        ? 'A file lies directly in shared/; move it into the folder of its capability'
        : `shared/${name} has no place in the order of capabilities; give it one in test/support/house/direction.ts`,
    );
}

function wrongWay(source: Source): readonly string[] {
  const from = placeOf(source.path);
  return source.imports.flatMap(({ specifier, target = '', line }) => {
    const to = placeOf(target);
    const said = `${source.path}:${line} imports '${specifier}'`;
    if (to.tree === from.tree && to.folder === from.folder) return [];
    if (to.tree === 'shared' && !inside.includes(from.tree) && !isDoor(target, source.path))
      return [`${said}. Go through shared/${to.folder}/index.ts`];
    if (to.tree !== from.tree || !['shared', 'functions'].includes(from.tree)) return [];
    return mayImport(from, to) ? [] : [`${said}. ${reason(from, to)}`];
  });
}

/** What others may import of a capability: its index; and its schemas, for the routers of functions/, the demo and other schemas. */
function isDoor(target: string, from: string): boolean {
  return (
    /^shared\/[^/]+\/index\.ts$/.test(target) ||
    (/^shared\/[^/]+\/api\.ts$/.test(target) && (!from.startsWith('shared/') || from.endsWith('/api.ts')))
  );
}

type Place = ReturnType<typeof placeOf>;

function mayImport({ tree, folder }: Place, to: Place): boolean {
  if (tree === 'functions' && edges.includes(folder)) return edges.includes(to.folder);
  if (tree === 'functions' && edges.includes(to.folder)) return true;
  return allowed[folder]?.includes(to.folder) ?? false;
}

function reason({ tree, folder }: Place, to: Place): string {
  if (tree === 'functions' && edges.includes(folder))
    return `functions/${folder} serves all capabilities and knows none; hand it what it needs as an argument`;
  const list = allowed[folder]?.map((name) => `${tree}/${name}`).join(', ');
  return (
    `${tree}/${folder} may import ${list || 'nothing beside it'}, not ${tree}/${to.folder}. ` +
    'To cause something elsewhere, record a fact; a message between siblings is a type in shared/wiring'
  );
}
