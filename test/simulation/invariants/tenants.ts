import { Violation } from '../violation.ts';
import type { Invariant } from './invariant.ts';

const shape = /"(?:pk|gsi1pk|gsi2pk|:0)":"O#([^#"]+)/g;

/** Whose keys a call names. */
export const tenants: Invariant = {
  name: 'I6',
  says: 'nothing of another organisation is read or written',
  called(call, by, { scenario }) {
    if (scenario.tenants.length === 1) return;
    if (call.service !== 'dynamodb' || by.tenants === undefined) return;
    const text = JSON.stringify(call.input);
    for (const [, org = ''] of text.matchAll(shape))
      if (!by.tenants.has(org))
        throw new Violation('I6', `${by.environment.id} reached into ${org}`, {
          operation: call.operation,
          input: call.input,
        });
  },
};
