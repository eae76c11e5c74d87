/** As much style as somebody would write who wants no more than to be read. */
const style = 'body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:auto;padding:1rem}';

/**
 * A published page as somebody would write it by hand in a hurry: the same sentences in plain tags, without bars, classes or
 * anything for those who do not see it, and the style within.
 */
export function bareStatus(html: string): string {
  const body = /<body>([\s\S]*)<\/body>/.exec(html)?.[1] ?? '';
  const title = /<title>[^<]*<\/title>/.exec(html)?.[0] ?? '';
  const plain = body
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
    .replaceAll(/<img[^>]*>/g, '')
    .replaceAll(/<\/?(?:span|div|section|article|header|footer|time)\b[^>]*>/g, ' ')
    .replaceAll(/<(\w+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g, (_, tag: string, given: string) => {
      const kept = [...given.matchAll(/\s(?:href|action|method|type|name)="[^"]*"/g)].join('');
      return `<${tag}${kept}>`;
    });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">${title}<link rel="icon" href="data:,"><style>${style}</style>${plain}</html>`;
}
