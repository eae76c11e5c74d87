type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

const token = /(")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:])/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const space = /[ \t\n\r]*/y;

/** Where a text stops being JSON (0 to its length), or undefined when it is JSON. Node's own message lacks it for short texts. */
export function brokenAt(text: string): number | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at = skip(space, text, at);
    if (at === text.length) return expected === 'nothing' ? undefined : at;
    token.lastIndex = at;
    const found = token.exec(text);
    const next: Expected | undefined = found === null ? undefined : after(expected, found, open);
    if (next === undefined) return at;
    const end = found?.[1] === undefined ? token.lastIndex : stringEnd(text, at + 1);
    if (end === undefined) return at;
    expected = next;
    at = end;
  }
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

/** Behind the closing quote of a string; a loop, since a pattern for it takes quadratic time or worse where the quote is missing. */
function stringEnd(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return undefined;
    const next = code === 0x5c ? skip(escaped, text, at) : at + 1;
    if (next <= at) return undefined;
    at = next;
  }
  return undefined;
}

/** What may follow a token, or undefined when it may not stand here. */
function after(
  expected: Expected,
  [mark = '', string, literal]: RegExpExecArray,
  open: string[],
): Expected | undefined {
  const value = expected === 'value' || expected === 'value or end';
  const rest = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
  if (string !== undefined && (expected === 'key' || expected === 'key or end')) return 'colon';
  if (string !== undefined || literal !== undefined) return value ? rest() : undefined;
  if (mark === '{' || mark === '[') {
    if (!value) return undefined;
    open.push(mark);
    return mark === '{' ? 'key or end' : 'value or end';
  }
  if (mark === ':') return expected === 'colon' ? 'value' : undefined;
  const inside = open.at(-1);
  if (mark === ',') {
    if (expected !== 'comma or end') return undefined;
    return inside === '{' ? 'key' : 'value';
  }
  const closes = mark === '}' ? '{' : '[';
  const may = expected === 'comma or end' || expected === (mark === '}' ? 'key or end' : 'value or end');
  if (!may || inside !== closes) return undefined;
  open.pop();
  return rest();
}
