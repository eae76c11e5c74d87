import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** One import, re-export or `import()` of a file. */
export interface Import {
  readonly specifier: string;
  /** The imported file, relative to the root; undefined for a package. */
  readonly target?: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** One TypeScript file of the project; its path is relative to the root. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** The folders at the top that hold code. */
export const trees = ['infra', 'functions', 'shared', 'frontend', 'test'] as const;

/** Reads every TypeScript file of the project. */
export function readSources(root: string): readonly Source[] {
  return trees.flatMap((tree) =>
    readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(node_modules|dist)\//.test(name))
      .sort()
      .map((name) => sourceOf(`${tree}/${name}`, readFileSync(join(root, tree, name), 'utf8'))),
  );
}

/** Parses one file. */
export function sourceOf(path: string, text: string): Source {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const imports: Import[] = [];
  walk(tree, (node) => {
    const found = importedBy(node);
    if (found) imports.push({ ...found, ...targetOf(path, found.specifier), line: lineOf(tree, node) });
  });
  return { path, text, tree, imports };
}

/** Visits a node and all below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The line of a node, counted from 1. */
export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

function importedBy(node: ts.Node): Omit<Import, 'line'> | undefined {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, isTypeOnly(node.importClause));
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return named(node.argument.literal, true);
  const dynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return dynamic ? named(node.arguments[0], false) : undefined;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function named(node: ts.Node | undefined, typeOnly: boolean): Omit<Import, 'line'> | undefined {
  return node && ts.isStringLiteralLike(node) ? { specifier: node.text, typeOnly } : undefined;
}

function targetOf(path: string, specifier: string): { target: string } | undefined {
  return specifier.startsWith('.') ? { target: posix.join(posix.dirname(path), specifier) } : undefined;
}
