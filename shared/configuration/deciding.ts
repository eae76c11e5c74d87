import { type Correlating, type Rule, ServiceGraph } from '../detection/index.ts';
import type { Configuration } from './configuration.ts';

/** What detection decides by: the rules, and what is known of services when something is. */
export interface Deciding {
  readonly rules: readonly Rule[];
  readonly correlating?: Correlating;
  readonly stormLimit: number;
}

/** What a configuration has detection decide by. */
export function decidingIn({ rules, services, detection }: Configuration): Deciding {
  const { stormLimit } = detection;
  if (services.length === 0) return { rules, stormLimit };
  return {
    rules,
    stormLimit,
    correlating: { graph: new ServiceGraph(services), settings: detection.correlation },
  };
}
