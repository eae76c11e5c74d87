import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

type Read = (file: string) => SourceMap | undefined;

/**
 * Lets stacks tell the lines of sources, as `--enable-source-maps` does. That would read and parse the map of each module when it
 * loads, a fifth of a cold start; here a map is read when the first stack is told that passes through its module.
 */
export function tellSourceLines(): void {
  const maps = new Map<string, SourceMap | undefined>();
  const read: Read = (file) => {
    if (!maps.has(file)) maps.set(file, mapOf(file));
    return maps.get(file);
  };
  Error.prepareStackTrace = (error, sites) =>
    [Error.prototype.toString.call(error), ...sites.map((site) => `    at ${told(site, read)}`)].join('\n');
}

function mapOf(file: string): SourceMap | undefined {
  if (!file.startsWith('file:')) return undefined;
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(file)}.map`, 'utf8')));
  } catch {
    // Most have none, and a stack must be told whatever lies there.
    return undefined;
  }
}

function told(site: NodeJS.CallSite, read: Read): string {
  const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
  if (!file || !line || !column) return String(site);
  const entry = read(file)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return String(site);
  const source = new URL(entry.originalSource, file).href;
  return String(site).replace(
    `${file}:${line}:${column}`,
    () => `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`,
  );
}
