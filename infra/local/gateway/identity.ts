import { createHash } from 'node:crypto';
import type { Declared, ResourceKind } from '../resource.ts';

const lower = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A stable made-up id in the style of AWS: the same logical id gives the same id on every start. */
export function stableId(seed: string, length: number, alphabet = lower): string {
  const digest = createHash('sha512').update(seed).digest();
  return Array.from({ length }, (_, at) => alphabet[(digest[at % 64] ?? 0) % alphabet.length]).join('');
}

/** A kind that other kinds only point at: it has an identity and nothing to start. */
export function pointedAt(type: string, ...idAttributes: readonly string[]): ResourceKind {
  return {
    type,
    phase: 'door',
    identity: (declared: Declared) => {
      const ref = stableId(`${type} ${declared.id}`, 10);
      return { ref, attributes: Object.fromEntries(idAttributes.map((attribute) => [attribute, ref])) };
    },
  };
}
