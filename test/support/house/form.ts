import ts from 'typescript';
import { isHandler } from './place.ts';
import { lineOf, type Source, walk } from './source.ts';

/** The longest a file, a handler and a function may be, in lines. */
export const limits = { file: 300, handler: 40, function: 40 } as const;

/** Files stay short enough to be read whole, and handlers short enough to hold no rules. */
export function shortFiles(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, text, tree }) => {
    const lines = text.trimEnd().split('\n').length;
    const code = isHandler(path) ? linesOfCode(tree) : 0;
    return [
      ...(lines > limits.file
        ? [`${path} has ${lines} lines; at most ${limits.file}. Two topics in a file are two files`]
        : []),
      ...(code > limits.handler
        ? [
            `${path} has ${code} lines of code beside its imports; a handler has at most ${limits.handler}. ` +
              'Move rules to shared/ and steps into a file beside it',
          ]
        : []),
    ];
  });
}

/** Lines that hold code, without imports, comments and empty lines. */
function linesOfCode(tree: ts.SourceFile): number {
  const lines = new Set<number>();
  for (const statement of tree.statements.filter((node) => !ts.isImportDeclaration(node)))
    walk(statement, (node) => {
      if (node.getChildCount(tree) > 0 && !ts.isStringLiteralLike(node)) return;
      lines.add(lineOf(tree, node));
      lines.add(tree.getLineAndCharacterOfPosition(node.getEnd()).line + 1);
    });
  return lines.size;
}

/** Functions outside of tests stay short. What another function inside of one says is counted there. */
export function shortFunctions(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ path }) => !/\.test\.tsx?$/.test(path))
    .flatMap(({ path, tree }) => {
      const faults: string[] = [];
      walk(tree, (node) => {
        const lines = hasBody(node) ? linesOf(tree, node) - linesOfInner(tree, node) : 0;
        if (lines > limits.function)
          faults.push(
            `${path}:${lineOf(tree, node)} has a function of ${lines} lines; at most ${limits.function}. Give its parts names`,
          );
      });
      return faults;
    });
}

function hasBody(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function linesOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getEnd()).line + 2 - lineOf(tree, node);
}

/** The lines that belong to functions inside of one, but for the first of each. */
function linesOfInner(tree: ts.SourceFile, outer: ts.Node): number {
  let lines = 0;
  const visit = (node: ts.Node) => {
    if (hasBody(node)) lines += linesOf(tree, node) - 1;
    else ts.forEachChild(node, visit);
  };
  ts.forEachChild(outer, visit);
  return lines;
}

/** Names say what a thing is; these say nothing. */
export function tellingNames(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ path }) => /(^|[/-])(utils?|helpers?|common|managers?|services?|misc)(\.tsx?$|\/)/.test(path))
    .map(({ path }) => `${path} has a name that says nothing; name it by the noun that it is about`);
}
