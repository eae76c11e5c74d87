import { partitionsOf } from '../../infra/constructs/permit.ts';
import type { Observe } from '../../infra/local/proxy/call.ts';
import { permits } from '../../infra/permits.ts';
import { schema } from '../../shared/table/index.ts';
import { type FunctionName, functions } from '../../shared/wiring/index.ts';
import { type Wanted, wantedBy } from './wanted-by.ts';

/** Watches what functions do, and tells what their roles in AWS would not let them. */
export interface PermitWatch {
  readonly observe: Observe;
  /** `Function: operation`, each once, or `Function: operation O#{org}#I#{inc}` where only the items are not its own. */
  beyond(): readonly string[];
}

/** A watch for the option `observe` of a local system. */
export function permitWatch(): PermitWatch {
  const beyond = new Set<string>();
  return {
    beyond: () => [...beyond].sort(),
    observe(call) {
      const name = call.function.replace(/Function[0-9A-F]{8}$/, '');
      if (!isFunction(name)) return void beyond.add(`${call.function}: has no permit`);
      for (const one of wantedBy(call))
        for (const said of lackedBy(name, one)) beyond.add(`${name}: ${said}`);
    },
  };
}

const isFunction = (name: string): name is FunctionName => Object.hasOwn(functions, name);

/** What a function's permit lacks of what a call needs. */
function lackedBy(name: FunctionName, { what, partitions }: Wanted): readonly string[] {
  const {
    send = [],
    mail,
    verify,
    rate,
    video,
    channels,
    integrations,
    text,
    model,
    secret,
    also = [],
    ...first
  } = permits[name];
  const beside = [
    ...send.map((queue) => `send ${queue}`),
    ...(mail ? ['mail'] : []),
    ...(verify ? ['verify'] : []),
    ...(rate ? ['rate'] : []),
    ...(video ? ['video'] : []),
    ...(channels ? ['channels'] : []),
    ...(integrations ? ['integrations'] : []),
    ...(text ? ['text'] : []),
    ...(model ? ['model'] : []),
    ...(secret ? ['secret'] : []),
  ];
  if (beside.includes(what)) return [];
  const items = [first, ...[also].flat()].filter(({ table = [] }) => table.some((way) => way === what));
  if (items.length === 0) return [what];
  const own = items.map((one) => partitionsOf(one)?.map(like));
  return partitions
    .filter((one) => !own.some((patterns) => patterns?.some((pattern) => pattern.test(one)) ?? true))
    .map((one) => `${what} ${kindOf(one)}`);
}

/** StringLike of IAM: a star is anything, also nothing. */
const like = (pattern: string): RegExp => joined(pattern.split('*'), '.*');

/** The template of the first kind of items that lie in such a partition. */
function kindOf(partition: string): string {
  const templates = Object.values(schema).map(({ shape }) => shape.pk);
  return (
    templates.find((template) => joined(template.split(/\{[^}]*\}/), '[^#]+').test(partition)) ?? partition
  );
}

/** What consists of exactly these parts, with that between them. */
const joined = (parts: readonly string[], between: string): RegExp =>
  new RegExp(`^${parts.map((part) => part.replaceAll(/[^\w#]/g, '\\$&')).join(between)}$`, 's');
