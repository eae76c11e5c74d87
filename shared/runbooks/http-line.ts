import { andThen, type Parsed, quoted } from './parsed.ts';
import { filled, filledJson, namesIn, type Values } from './template.ts';

export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** `GET|/health`, `GET|https://…`, `POST|/drain|{"minutes":5}`; placeholders are not filled yet. */
export interface HttpLine {
  readonly method: HttpMethod;
  /** A whole address, or a path below the base address. */
  readonly target: string;
  readonly body?: unknown;
}

/** A request as it would be sent. */
export interface HttpCall {
  readonly method: HttpMethod;
  readonly url: string;
  readonly body?: string;
}

const LONGEST = 2_000;

/** Reads what stands after `http:`. Values come into the path and the query alone: they cannot choose whom to ask. */
export function httpLine(text: string): Parsed<HttpLine> {
  const [first = '', target = '', ...rest] = text.split('|');
  const method = httpMethods.find((one) => one === first.trim().toUpperCase());
  if (method === undefined)
    return {
      refused: `${quoted(first)} is no method; allowed is ${httpMethods.join(', ')}, then a bar and the address`,
    };
  const address = target.trim();
  const fault = targetFault(address);
  if (fault !== undefined) return { refused: fault };
  if (rest.length === 0) return { value: { method, target: address } };
  if (method === 'GET' || method === 'HEAD') return { refused: `${method} has no body` };
  return andThen(jsonIn(rest.join('|')), (body) => ({ value: { method, target: address, body } }));
}

function targetFault(target: string): string | undefined {
  if (target.length > LONGEST) return 'the address is too long';
  if (/[\s\p{Cc}]/u.test(target.replaceAll(/\{\{[^{}]*\}\}/g, ''))) return 'the address has blanks';
  if (target.startsWith('/'))
    return target.startsWith('//') ? 'a path has one slash at its start' : undefined;
  const origin = /^https?:\/\/[^/?#]*/i.exec(target)?.[0];
  if (origin === undefined)
    return `${quoted(target)} is neither a path such as /health nor an address with https://`;
  if (namesIn(origin).length > 0 || /[{}]/.test(origin))
    return 'a placeholder cannot stand in the name of a host';
  return URL.canParse(origin) ? undefined : `${quoted(target)} is no address`;
}

function jsonIn(text: string): Parsed<unknown> {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { refused: 'the body is not JSON; placeholders stand inside of texts' };
  }
}

/** The request that a line means with these values, below this base address. */
export function httpCall(line: HttpLine, values: Values, base: string | undefined): Parsed<HttpCall> {
  const { method, target } = line;
  if (target.startsWith('/') && base === undefined)
    return {
      refused: `there is no base address for ${quoted(target)}: set baseUrl of the runbook, or runbooks.baseUrl of the configuration`,
    };
  return andThen(filled(target, values, encodeURIComponent), (address): Parsed<HttpCall> => {
    if (climbs(target, address))
      return { refused: 'a value would make a dot segment, which climbs in the path' };
    const url = address.startsWith('/') ? `${(base ?? '').replace(/\/+$/, '')}${address}` : address;
    if (!('body' in line)) return { value: { method, url } };
    return andThen(filledJson(line.body, values), (body) => ({
      value: { method, url, body: JSON.stringify(body) },
    }));
  });
}

/** Encoding leaves dots as they are. */
const dots = /^(?:\.|%2e){1,2}$/i;
const segments = (address: string): readonly string[] => address.split(/[?#]/, 1).join('').split('/');

/** Whether values made a segment of dots. They are encoded, so both have as many segments. */
function climbs(target: string, address: string): boolean {
  const written = segments(target);
  return segments(address).some((one, at) => dots.test(one) && one !== written[at]);
}
