import { limits } from './limits.ts';
import type { Translation } from './source.ts';

/** The refusal of a body with more alerts than one POST may carry. */
export function tooMany(count: number): Translation {
  return {
    refused: {
      code: 'too_large',
      errors: [
        `The body holds ${count} alerts; at most ${limits.signals} are allowed. Send smaller groups (in Alertmanager and Grafana: a finer group_by).`,
      ],
    },
  };
}
