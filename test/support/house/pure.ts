import ts from 'typescript';
import { lineOf, type Source, walk } from './source.ts';

/** Packages without I/O, clock and randomness that matters, which is all that shared/ may lean on. Yjs draws a number for each copy
 * of a document; shared/ writes into none, so nothing that it computes depends on the number. */
const pureLibraries = [
  'zod',
  'zod-openapi',
  '@noble/hashes',
  're2js',
  'temporal-polyfill',
  'yjs',
  'd3-scale',
  'simple-statistics',
  'markdown-it',
  'bidi-js',
  'pdfmake',
];

/** Globals that reach outside, and what takes their place. */
const impureGlobals = new Map([
  ['process', 'take the value as an argument; settings are read in functions/aws/settings.ts'],
  ['crypto', 'derive ids with idOf, or let functions/aws/random.ts make the value'],
  ['performance', 'take the time as an argument'],
  ['setTimeout', 'record when something is due; nothing waits in shared/'],
  ['setInterval', 'record when something is due; nothing waits in shared/'],
  ['setImmediate', 'return the value; nothing waits in shared/'],
  ['fetch', 'leave calls to functions/aws'],
  ['console', 'return a value; functions/edge writes the log'],
  ['globalThis', 'name what you need'],
]);

const impureMembers = new Map([
  ['Date.now', 'take the time as an argument (Instant)'],
  ['Math.random', 'derive ids with idOf, or take the value as an argument'],
  ['Temporal.Now', 'take the time as an argument (Instant)'],
]);

/** R1: shared/ imports only shared/ and pure libraries, and knows no clock, randomness, process or network. */
export function pureCore(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ path }) => path.startsWith('shared/'))
    .flatMap((source) => [
      ...source.imports
        .filter(({ specifier, target }) => (target ? !target.startsWith('shared/') : !isPure(specifier)))
        .map(
          ({ specifier, line }) =>
            `${source.path}:${line} imports '${specifier}'. shared/ imports only shared/ and ${pureLibraries.join(', ')}; ` +
            'take the value as an argument, or do this in functions/aws',
        ),
      ...impurities(source),
    ]);
}

function isPure(specifier: string): boolean {
  return pureLibraries.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

function impurities({ path, tree }: Source): readonly string[] {
  const faults: string[] = [];
  walk(tree, (node) => {
    const found = impurityOf(node);
    if (found) faults.push(`${path}:${lineOf(tree, node)} uses ${found[0]}; ${found[1]}`);
  });
  return faults;
}

function impurityOf(node: ts.Node): readonly [string, string] | undefined {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length)
    return ['new Date() without an argument', 'take the time as an argument (Instant)'];
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date'))
    return ['Date()', 'take the time as an argument (Instant)'];
  if (ts.isPropertyAccessExpression(node)) {
    const name = `${node.expression.getText()}.${node.name.text}`;
    const instead = impureMembers.get(name);
    return instead === undefined ? undefined : [name, instead];
  }
  if (!ts.isIdentifier(node) || !isReference(node)) return undefined;
  const instead = impureGlobals.get(node.text);
  return instead === undefined ? undefined : [node.text, instead];
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

/** Whether an identifier reads a variable, and is not the name of a property, a parameter or a type's member. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isExpressionStatement(parent) || ts.isShorthandPropertyAssignment(parent)) return true;
  const isName = 'name' in parent && parent.name === node;
  return !isName && !ts.isQualifiedName(parent) && !ts.isImportSpecifier(parent);
}
