import ts from 'typescript';
import { lineOf, type Source, walk } from './source.ts';

/** Keys of items are written in shared/table and nowhere else. `starts` are the first parts of the known partition keys. */
export function keysInTheTable(sources: readonly Source[], starts: readonly string[]): readonly string[] {
  return sources
    .filter(({ path }) => !/^(shared\/table|test)\//.test(path))
    .flatMap(({ path, tree }) => {
      const faults: string[] = [];
      walk(tree, (node) => {
        const text = literalText(node);
        if (text === undefined || !starts.some((start) => text.startsWith(start))) return;
        faults.push(
          `${path}:${lineOf(tree, node)} writes the key '${text}'; use the item in shared/table/schema.ts`,
        );
      });
      return faults;
    });
}

function literalText(node: ts.Node): string | undefined {
  return ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : undefined;
}

const silencers: readonly (readonly [RegExp, string])[] = [
  [/@ts-(ignore|nocheck)/, 'correct the type'],
  [/biome-ignore/, 'correct what the rule found, or the rule in biome.json'],
  [/v8 ignore|istanbul ignore/, 'test it'],
  [/\b(TODO|FIXME|XXX)\b/, 'do it now, or leave it out and open an issue'],
];

/** Nothing silences a check, and nothing is left for later. */
export function nothingSilenced(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, text, tree }) =>
    comments(text, tree).flatMap(({ comment, line }) =>
      silencers
        .filter(([pattern]) => pattern.test(comment))
        .map(([pattern, instead]) => `${path}:${line} has a comment with ${pattern.source}; ${instead}`),
    ),
  );
}

function comments(text: string, tree: ts.SourceFile) {
  const ranges = new Map<number, ts.CommentRange>();
  walk(tree, (node) => {
    const leading = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
    const trailing = ts.getTrailingCommentRanges(text, node.getEnd()) ?? [];
    for (const range of [...leading, ...trailing]) ranges.set(range.pos, range);
  });
  return [...ranges.values()].map(({ pos, end }) => ({
    comment: text.slice(pos, end),
    line: tree.getLineAndCharacterOfPosition(pos).line + 1,
  }));
}

/** The type `any` is written nowhere. */
export function nothingUntyped(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, tree }) => {
    const faults: string[] = [];
    walk(tree, (node) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword)
        faults.push(`${path}:${lineOf(tree, node)} says any; name the type, or parse an unknown`);
    });
    return faults;
  });
}

/** Functions write their log through functions/edge/log.ts only. */
export function oneLog(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ path }) => path.startsWith('functions/'))
    .flatMap(({ path, tree }) => {
      const faults: string[] = [];
      walk(tree, (node) => {
        if (ts.isPropertyAccessExpression(node) && node.expression.getText(tree) === 'console')
          faults.push(
            `${path}:${lineOf(tree, node)} uses ${node.getText(tree)}; use the log of functions/edge/log.ts`,
          );
      });
      return faults;
    });
}
