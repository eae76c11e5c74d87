import type { World } from '../../resource.ts';
import type { SocketLimits } from '../limits.ts';
import type { SocketApi } from './api.ts';
import type { Connections } from './connections.ts';

/** One WebSocket API while it runs. */
export interface Gateway {
  readonly api: SocketApi;
  readonly world: World;
  readonly limits: SocketLimits;
  readonly connections: Connections;
  /** Whether the next `$disconnect` is delivered. */
  delivers(): boolean;
}
