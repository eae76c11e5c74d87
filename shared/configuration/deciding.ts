import {
  type Correlating,
  type FlappingSettings,
  flappingBy,
  Inhibitions,
  type Rule,
  ServiceGraph,
} from '../detection/index.ts';
import type { Configuration } from './configuration.ts';

/** What detection decides by: the rules, what is a storm and what flaps, and what is known of services when something is. */
export interface Deciding {
  readonly rules: readonly Rule[];
  /** How many incidents alerts of one integration may open in a minute before it is a storm. */
  readonly stormLimit: number;
  readonly flapping: FlappingSettings;
  /** What brings alerts of different keys together; absent where no service says what it depends on. */
  readonly correlating?: Correlating;
  /** Which alerts mute others; absent when none do. */
  readonly inhibitions?: Inhibitions;
}

/** What a configuration has detection decide by. */
export function decidingIn({ rules, services, detection }: Configuration): Deciding {
  const { inhibitions } = detection;
  const always = {
    ...{ rules, stormLimit: detection.stormLimit, flapping: flappingBy(detection) },
    ...(inhibitions.length > 0 && { inhibitions: new Inhibitions(inhibitions) }),
  };
  if (services.length === 0) return always;
  return { ...always, correlating: { graph: new ServiceGraph(services), settings: detection.correlation } };
}
