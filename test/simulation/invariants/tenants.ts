import { Violation } from '../violation.ts';
import type { Invariant } from './invariant.ts';

/** Where an input names a partition: in a key, an item, or the first value of a condition. */
const names: ReadonlySet<string> = new Set(['pk', 'gsi1pk', 'gsi2pk', ':0']);
const shape = /^O#([^#]+)/;

/** Whose keys a call names. */
export const tenants: Invariant = {
  name: 'I6',
  called(call, by, { scenario }) {
    if (scenario.tenants.length === 1) return;
    if (call.service !== 'dynamodb' || by.tenants === undefined) return;
    const org = foreign(call.input, by.tenants);
    if (org === undefined) return;
    const { operation, input } = call;
    throw new Violation('I6', `${by.environment.id} reached into ${org}`, { operation, input });
  },
};

/** What holds attributes: of their values nothing is a key. */
const attributes: ReadonlySet<string> = new Set(['Key', 'Item', 'ExpressionAttributeValues']);

/** The first organisation in the keys of an input, or of a list or member in it, that is not among these. */
function foreign(input: unknown, own: ReadonlySet<string>, isDeep = true): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  if (Array.isArray(input)) return first(input, (one) => foreign(one, own));
  return first(Object.entries(input), ([name, value]) => {
    if (typeof value === 'object') return isDeep ? foreign(value, own, !attributes.has(name)) : undefined;
    const org = names.has(name) ? shape.exec(String(value))?.[1] : undefined;
    return org === undefined || own.has(org) ? undefined : org;
  });
}

function first<Entry>(all: readonly Entry[], find: (one: Entry) => string | undefined): string | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
