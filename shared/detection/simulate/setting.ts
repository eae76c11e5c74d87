import type { Quiet } from '../../alerts/index.ts';
import type { Correlating } from '../correlation/index.ts';
import type { FlappingSettings } from '../flapping.ts';
import type { Inhibitions } from '../inhibition/inhibitions.ts';

/** What decides beside the rules. */
export interface Setting {
  readonly correlating?: Correlating | undefined;
  readonly quiets?: readonly Quiet[] | undefined;
  readonly inhibitions?: Inhibitions | undefined;
  /** How many incidents alerts of one integration may open in a minute before it is a storm; absent: any number. */
  readonly stormLimit?: number | undefined;
  /** When an alert flaps; absent: as usual. */
  readonly flapping?: FlappingSettings | undefined;
}
