import type { FunctionName, Route } from '../../shared/wiring/index.ts';

/** One resource of API Gateway that answers: every method of its path goes to one function. */
export interface Door {
  /** A path of API Gateway: fixed parts, `{id}` for any one part, `{proxy+}` for the rest. */
  readonly path: string;
  readonly function: FunctionName;
  /** Whether the authorizer is asked before the function. */
  readonly authorized: boolean;
}

type Target = Omit<Door, 'path'>;

interface Node {
  readonly own: Route[];
  readonly children: Map<string, Node>;
}

const anyPart = '{id}';
const theRest = '{proxy+}';
const unauthorized: ReadonlySet<string> = new Set(['public', 'key', 'signed']);

/** For paths, the function that answers for all below them that is not another's, by one `{proxy+}`. */
export type Rests = Readonly<Record<string, FunctionName>>;

/**
 * Paths that are given to one function. What is here is deployed: taking a path off, or adding one that has resources already,
 * swaps the variable part of that path, which API Gateway refuses in an update (docs/decisions/0003-rest-resources.md).
 */
export const rests: Rests = {
  '/webhooks': 'Receive',
  '/v2': 'Receive',
  '/v2/heartbeats': 'Alerts',
  '/generic': 'Receive',
  '/status': 'StatusApi',
  '/api': 'Alerts',
  '/api/incidents/{id}': 'Incidents',
  '/api/on-call': 'OnCall',
  '/api/schedules': 'OnCall',
  '/api/war-room': 'WarRoom',
  '/api/runbooks': 'Runbooks',
  '/api/runs': 'Runbooks',
  '/api/status': 'StatusApi',
};

/**
 * Folds the route table into few resources. A subtree of one target is its root, one `{id}` and one `{proxy+}` under that, or one
 * `{proxy+}` where `rests` names it; a path of another target inside it is a resource of its own. Which variable part a parent has
 * never depends on its routes, for API Gateway allows one and refuses to swap it in an update.
 */
export function foldRoutes(routes: readonly Route[], given: Rests = rests): Door[] {
  const root = emptyNode();
  for (const route of routes) {
    const parts = route.path.split('/').filter((part) => part !== '');
    const node = parts.reduce((parent, part) => childOf(parent, part.startsWith('{') ? anyPart : part), root);
    node.own.push(route);
  }
  return [...root.children].flatMap(([part, node]) => fold(node, `/${part}`, given));
}

function fold(node: Node, path: string, given: Rests): Door[] {
  const taker = given[path];
  if (taker !== undefined) return foldWhole(node, path, taker, given);
  const children = [...node.children];
  const [target, ...others] = targetsOf(node);
  const holds = (at: string) => Object.keys(given).some((one) => `${one}/`.startsWith(`${at}/`));
  if (target !== undefined && others.length === 0 && !holds(path))
    return answered(node, path, target, children);
  const owner = ownerOf(node, path);
  if (path.endsWith(anyPart) && node.children.has(anyPart))
    throw new Error(`${path}: two variable parts in succession need one function and one kind of access`);
  // Where a variable part exists already, its siblings cannot be folded into another.
  const folded = children.filter(
    ([part, child]) => !node.children.has(anyPart) && isOnly(child, owner) && !holds(`${path}/${part}`),
  );
  const apart = children.filter((child) => !folded.includes(child));
  return [
    ...(owner === undefined ? [] : answered(node, path, owner, folded)),
    ...apart.flatMap(([part, child]) => fold(child, `${path}/${part}`, given)),
  ];
}

/** A path below which one function answers for all that is not another's. */
function foldWhole(node: Node, path: string, taker: FunctionName, given: Rests): Door[] {
  const owner = ownerOf(node, path);
  const rest = targetsOf(node).find(
    (target) => target.function === taker && target.authorized === (owner ?? target).authorized,
  );
  const apart = [...node.children].filter(([, child]) => !isOnly(child, rest));
  if (apart.some(([part]) => part === anyPart))
    throw new Error(`${path}: its variable part is not of ${taker} alone, which is to answer for the rest`);
  if (rest === undefined || apart.length === node.children.size)
    throw new Error(`${path}: nothing below it is of ${taker} alone, which is to answer for the rest`);
  return [
    ...(owner === undefined ? [] : [{ path, ...owner }]),
    { path: `${path}/${theRest}`, ...rest },
    ...apart.flatMap(([part, child]) => fold(child, `${path}/${part}`, given)),
  ];
}

function ownerOf(node: Node, path: string): Target | undefined {
  const [owner, rival] = distinct(node.own);
  if (rival !== undefined) throw new Error(`${path}: one path needs one function and one kind of access`);
  return owner;
}

/** The resources of a path of one target, and those under it that answer for these children. */
function answered(
  node: Node,
  path: string,
  target: Target,
  children: readonly (readonly [string, Node])[],
): Door[] {
  const near = children.some(([, { own }]) => own.length > 0);
  const far = children.some(([, child]) => child.children.size > 0);
  const below = path.endsWith(anyPart)
    ? [...(near || far ? [theRest] : [])]
    : [...(near ? [anyPart] : []), ...(far ? [`${anyPart}/${theRest}`] : [])];
  const paths = [...(node.own.length > 0 ? [path] : []), ...below.map((part) => `${path}/${part}`)];
  return paths.map((door) => ({ path: door, ...target }));
}

function isOnly(node: Node, target: Target | undefined): boolean {
  const targets = targetsOf(node);
  return target !== undefined && targets.every((other) => same(other, target));
}

function targetsOf(node: Node): Target[] {
  return distinct(allRoutes(node));
}

function distinct(routes: readonly Route[]): Target[] {
  const targets = routes.map((route) => ({
    function: route.function,
    authorized: !unauthorized.has(route.access),
  }));
  return targets.filter((target, at) => targets.findIndex((other) => same(other, target)) === at);
}

function same(one: Target, other: Target): boolean {
  return one.function === other.function && one.authorized === other.authorized;
}

function allRoutes(node: Node): Route[] {
  return [...node.own, ...[...node.children.values()].flatMap(allRoutes)];
}

function emptyNode(): Node {
  return { own: [], children: new Map() };
}

function childOf(node: Node, part: string): Node {
  const child = node.children.get(part) ?? emptyNode();
  node.children.set(part, child);
  return child;
}
