import type { FunctionEntry, Route } from '../../../shared/wiring/index.ts';
import { edges, isHandler, placeOf } from './place.ts';

/** What shared/wiring says. */
export interface Wiring {
  readonly functions: Readonly<Record<string, FunctionEntry>>;
  readonly routes: readonly Pick<Route, 'method' | 'path' | 'capability' | 'verb' | 'function'>[];
}

/** R5: capabilities of functions/ exist in shared/; every handler is wired; every route and function names an existing file. */
export function wired(paths: readonly string[], wiring: Wiring): readonly string[] {
  return [...homeless(paths), ...unwired(paths, wiring), ...nameless(new Set(paths), wiring)];
}

function homeless(paths: readonly string[]): readonly string[] {
  const foldersOf = (wanted: string) =>
    new Set(paths.map(placeOf).flatMap(({ tree, folder }) => (tree === wanted ? [folder] : [])));
  const known = foldersOf('shared');
  return [...foldersOf('functions')]
    .filter((name) => !edges.includes(name) && !known.has(name))
    .map(
      (name) => `functions/${name} has no shared/${name}; the rules of a capability are pure and live there`,
    );
}

function unwired(paths: readonly string[], { functions, routes }: Wiring): readonly string[] {
  const used = new Set([...Object.values(functions).map(fileOfEntry), ...routes.map(fileOfRoute)]);
  return paths
    .filter((path) => isHandler(path) && !used.has(path))
    .map((path) => `${path} is not wired; name it in shared/wiring/functions.ts or shared/wiring/routes.ts`);
}

function nameless(present: ReadonlySet<string>, { functions, routes }: Wiring): readonly string[] {
  const entries = Object.entries(functions).map(([name, entry]) => ({
    said: `shared/wiring/functions.ts gives ${name} the entry`,
    file: fileOfEntry(entry),
  }));
  const verbs = routes.map((route) => ({
    said: `The route ${route.method} ${route.path} names`,
    file: fileOfRoute(route),
  }));
  return [
    ...[...entries, ...verbs]
      .filter(({ file }) => !present.has(file))
      .map(({ said, file }) => `${said} ${file}, which does not exist; write it or correct the name`),
    ...routes
      .filter((route) => !Object.hasOwn(functions, route.function))
      .map(
        (route) =>
          `The route ${route.method} ${route.path} names the function ${route.function}, which is not wired`,
      ),
  ];
}

const fileOfEntry = ({ entry }: { readonly entry: string }) => `functions/${entry}.ts`;

const fileOfRoute = ({ capability, verb }: { readonly capability: string; readonly verb: string }) =>
  `functions/${capability}/${verb}.http.ts`;
