/** A resource of the API's tree, as the template declares it; the root has no parent. */
export interface PathPart {
  readonly id: string;
  readonly parentId: string;
  readonly pathPart: string;
}

/** One node of the tree that requests are matched against. */
export interface RouteNode {
  readonly id: string;
  /** The path template, such as `/api/incidents/{id}`. */
  readonly path: string;
  readonly fixed: ReadonlyMap<string, RouteNode>;
  readonly parameter?: { readonly name: string; readonly node: RouteNode };
  readonly greedy?: { readonly name: string; readonly node: RouteNode };
}

/** The resource that answers a path, with the values of its variable parts. */
export interface Matched {
  readonly node: RouteNode;
  /** Values as the client sent them, not decoded: API Gateway leaves that to the function. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Builds the tree. Throws where API Gateway would refuse the deployment: two variable parts under one parent. */
export function routeTree(rootId: string, parts: readonly PathPart[]): RouteNode {
  return nodeOf(
    rootId,
    '',
    Map.groupBy(parts, (part) => part.parentId),
  );
}

function nodeOf(id: string, path: string, byParent: ReadonlyMap<string, readonly PathPart[]>): RouteNode {
  const fixed = new Map<string, RouteNode>();
  const variables: { name: string; greedy: boolean; node: RouteNode }[] = [];
  for (const part of byParent.get(id) ?? []) {
    const node = nodeOf(part.id, `${path}/${part.pathPart}`, byParent);
    const variable = /^\{([^{}+]+)(\+?)\}$/.exec(part.pathPart);
    if (variable) variables.push({ name: variable[1] ?? '', greedy: variable[2] === '+', node });
    else fixed.set(part.pathPart, node);
  }
  const [variable, second] = variables;
  if (second) {
    throw new Error(
      `${second.node.path}: a sibling already has a variable path part; API Gateway allows one (${variable?.node.path})`,
    );
  }
  if (!variable) return { id, path: path || '/', fixed };
  return { id, path: path || '/', fixed, [variable.greedy ? 'greedy' : 'parameter']: variable };
}

/** A node and all below it. */
export function nodesOf(node: RouteNode): readonly RouteNode[] {
  const below = [...node.fixed.values(), node.parameter?.node, node.greedy?.node];
  return [node, ...below.flatMap((one) => (one === undefined ? [] : nodesOf(one)))];
}

/**
 * The most specific resource for a path: at each level a fixed part wins over a parameter, and that over a greedy one.
 * `answers` tells whether a resource has methods at all; a resource without any does not match.
 */
export function matchRoute(
  root: RouteNode,
  path: string,
  answers: (node: RouteNode) => boolean,
): Matched | undefined {
  const segments = path.split('/').slice(1);
  if (segments.at(-1) === '') segments.pop();
  return matchFrom(root, segments, 0, {}, answers);
}

function matchFrom(
  node: RouteNode,
  segments: readonly string[],
  at: number,
  parameters: Readonly<Record<string, string>>,
  answers: (node: RouteNode) => boolean,
): Matched | undefined {
  const segment = segments[at];
  if (segment === undefined) return answers(node) ? { node, parameters } : undefined;
  const fixed = node.fixed.get(segment);
  const found = fixed && matchFrom(fixed, segments, at + 1, parameters, answers);
  if (found) return found;
  if (node.parameter && segment !== '') {
    const { name, node: next } = node.parameter;
    return matchFrom(next, segments, at + 1, { ...parameters, [name]: segment }, answers);
  }
  if (!node.greedy || !answers(node.greedy.node)) return undefined;
  return {
    node: node.greedy.node,
    parameters: { ...parameters, [node.greedy.name]: segments.slice(at).join('/') },
  };
}
