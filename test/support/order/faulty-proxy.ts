import { startProxyAlone } from '../../../infra/local/proxy/alone.ts';
import type { Engines } from '../../../infra/local/resource.ts';
import { calm, type Disturbance } from './disturbance.ts';

/** What stands before an engine and lets things go wrong. */
export interface FaultyProxy {
  /** http://127.0.0.1:port */
  readonly address: string;
  /** From now on this goes wrong. */
  disturb(what: Disturbance): void;
  stop(): Promise<void>;
}

/** Puts a proxy before the engine of a service at this address. Nothing goes wrong yet. */
export async function startFaultyProxy(service: keyof Engines, engine: string): Promise<FaultyProxy> {
  let what = calm;
  const faults = { faults: (call: Parameters<Disturbance['befalls']>[0]) => what.befalls(call) };
  const { address, stop } = await startProxyAlone(service, engine, faults, () => undefined);
  return {
    address,
    stop,
    disturb(next) {
      what = next;
    },
  };
}
