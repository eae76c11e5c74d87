/** Where a file stands: its tree, and the folder in it, which in `shared` and `functions` is a capability. */
export interface Place {
  readonly tree: string;
  readonly folder: string;
}

/** The place of a path; the folder is empty for a file directly in its tree. */
export function placeOf(path: string): Place {
  const [tree = '', folder = '', ...rest] = path.split('/');
  return { tree, folder: rest.length > 0 ? folder : '' };
}

/** Folders of `functions` that are no capability. */
export const edges: readonly string[] = ['edge', 'aws'];

/** Whether this is the entry of a Lambda or a verb of a router: `verb.trigger.ts` of a capability. */
export function isHandler(path: string): boolean {
  return (
    /^functions\/[^/]+\/[\w-]+\.(http|authorizer|queue|stream|socket|schedule)\.ts$/.test(path) &&
    !edges.includes(placeOf(path).folder)
  );
}

/** Whether a capability's routers live in this file: it gathers the verbs that share a Lambda. */
export function isRouter(path: string): boolean {
  return /^functions\/[^/]+\/routes\.ts$/.test(path);
}
