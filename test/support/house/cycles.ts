import type { Source } from './source.ts';

/** Files that need each other to start; a circle of types alone does no harm. */
export function noCircles(sources: readonly Source[]): readonly string[] {
  const edges = new Map(
    sources.map(({ path, imports }) => [path, imports.filter(({ typeOnly }) => !typeOnly)]),
  );
  const done = new Set<string>();
  const faults: string[] = [];
  const visit = (path: string, way: readonly string[]) => {
    const start = way.indexOf(path);
    if (start >= 0)
      faults.push(`${[...way.slice(start), path].join(' → ')}: move what they share into a file of its own`);
    if (start >= 0 || done.has(path)) return;
    for (const { target } of edges.get(path) ?? []) if (target) visit(target, [...way, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return faults;
}
