import { isRecord } from '../../../kernel/index.ts';

/** The longest pointer, in UTF-16 units: deeper bodies than one of this length can reach are refused anyway. */
export const POINTER_LENGTH = 300;

/** Why a text is no JSON pointer (RFC 6901), in words that follow the pointer's name; nothing when it is one. */
export function pointerFault(pointer: string): string | undefined {
  if (pointer.length > POINTER_LENGTH) return `is longer than ${POINTER_LENGTH} characters`;
  if (pointer !== '' && !pointer.startsWith('/')) {
    return `is no JSON pointer: it must begin with '/', such as '/alert/title', or be '' for the whole`;
  }
  const wrong = /~(?![01])/.exec(pointer);
  if (wrong === null) return undefined;
  return `is no JSON pointer: the '~' at character ${wrong.index + 1} must be written '~0' (and a '/' in a name '~1')`;
}

/** The names that lead to a pointer's value. */
export function tokensOf(pointer: string): readonly string[] {
  const [, ...tokens] = pointer.split('/');
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What a pointer points to, or undefined where there is nothing. Only own fields count. */
export function valueAt(value: unknown, pointer: string): unknown {
  if (pointer !== '' && !pointer.startsWith('/')) return undefined;
  return tokensOf(pointer).reduce(stepInto, value);
}

function stepInto(value: unknown, token: string): unknown {
  if (Array.isArray(value)) return /^(0|[1-9]\d{0,9})$/.test(token) ? value[Number(token)] : undefined;
  return isRecord(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}
